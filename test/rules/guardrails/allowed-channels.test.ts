import { expect, it, test } from 'vitest'
import { CHANNELS, type Channel } from '../../../core/domain/category.ts'
import { allowedChannels } from '../../../core/rules/guardrails/allowed-channels.ts'
import { place, subject } from '../../support/guardrail-subject.ts'

const said = (allow: Channel[], channel: Channel = 'email') => {
  const reasons = allowedChannels.guardrail([{ allow }])?.(subject({ channel }), place, {})
  return [reasons ?? []].flat()[0] ?? null
}

test.each<[string, Channel[], string | null]>([
  ['allowed', ['email'], null],
  ['allowed among others', ['crm', 'email'], null],
  ['not allowed', ['crm', 'site'], 'The channel email is not allowed here; allowed: crm, site.'],
  ['nothing allowed', [], 'The channel email is not allowed here; allowed: none.'],
])('%s', (_name, allow, text) => {
  const expected = text === null ? null : { rule: 'channels.allow', outcome: 'block', text }
  expect(said(allow)).toEqual(expected)
})

it('allows what the most specific scope does', () => {
  const guardrail = allowedChannels.guardrail([{ allow: ['email'] }, { allow: ['crm'] }])
  expect(guardrail?.(subject({ channel: 'email' }), place, {})).toBeNull()
  expect(guardrail?.(subject({ channel: 'crm' }), place, {})).toMatchObject({ outcome: 'block' })
})

it('fits on a card with every other channel named', () => {
  for (const channel of CHANNELS) {
    const text =
      said(
        CHANNELS.filter((other) => other !== channel),
        channel,
      )?.text ?? ''
    expect(text.length).toBeLessThanOrEqual(160)
    expect(text.endsWith('.')).toBe(true)
  }
})
