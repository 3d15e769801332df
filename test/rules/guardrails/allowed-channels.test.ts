import { expect, it, test } from 'vitest'
import { CHANNELS, type Channel } from '../../../core/domain/category.ts'
import { allowedChannelsGuardrail } from '../../../core/rules/guardrails/allowed-channels.ts'
import { place, subject } from '../../support/guardrail-subject.ts'

const said = (allow: Channel[], channel: Channel = 'email') =>
  allowedChannelsGuardrail({ channels: { allow } })?.(subject({ channel }), place)

test.each<[string, Channel[], string | null]>([
  ['allowed', ['email'], null],
  ['allowed among others', ['crm', 'email'], null],
  ['not allowed', ['crm', 'site'], 'The channel email is not allowed here; allowed: crm, site.'],
  ['nothing allowed', [], 'The channel email is not allowed here; allowed: none.'],
])('%s', (_name, allow, text) => {
  const expected = text === null ? null : { rule: 'channels.allow', outcome: 'block', text }
  expect(said(allow)).toEqual(expected)
})

it('has nothing to say where the policy names no channels', () => {
  expect(allowedChannelsGuardrail({})).toBeNull()
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
