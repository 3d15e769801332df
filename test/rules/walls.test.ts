import { expect, it, test } from 'vitest'
import type { Wall, WallState } from '../../core/domain/trust/service-gates.ts'
import { PolicySchema } from '../../core/rules/policy.ts'
import type { Standpoint } from '../../core/rules/scope.ts'
import { wallsAt } from '../../core/rules/walls.ts'

const AT: Standpoint = {
  category: 'email_campaign',
  channel: 'email',
  segment: null,
  regions: null,
  agentId: 'agt_1',
  kindId: 'mailchimp.campaign.send',
}
const words = { blocked_words: ['guaranteed'] }
const email = { channel: 'email' }

test.each<[string, object, Wall, WallState]>([
  ['none', {}, 'brand_voice', 'missing'],
  ['a budget', { budget: { day: { cap: 1 } } }, 'budget', 'enforced'],
  ['words', words, 'brand_voice', 'enforced'],
  ['words that only warn', { ...words, warn_only: ['blocked_words'] }, 'brand_voice', 'warn_only'],
  ['words that only warn, and a tone', { ...words, tone: {}, warn_only: ['blocked_words'] }, 'brand_voice', 'enforced'],
  ['a scope that holds', { scopes: [{ when: email, ...words }] }, 'brand_voice', 'enforced'],
  ['a scope elsewhere', { scopes: [{ when: { channel: 'crm' }, ...words }] }, 'brand_voice', 'missing'],
  ['a scope of one segment', { scopes: [{ when: { segment: 'VIP' }, ...words }] }, 'brand_voice', 'missing'],
  [
    'a scope in which it only warns',
    { ...words, scopes: [{ when: email, warn_only: ['blocked_words'] }] },
    'brand_voice',
    'warn_only',
  ],
  ['channels', { channels: { allow: ['email'] } }, 'channels', 'enforced'],
  ['kinds', { kinds: { deny: ['hubspot.*'] } }, 'channels', 'enforced'],
])('%s', (_name, document, wall, state) => {
  expect(wallsAt(PolicySchema.parse(document), AT)[wall]).toBe(state)
})

it('knows the four of them', () => {
  expect(wallsAt({}, AT)).toEqual({ budget: 'missing', brand_voice: 'missing', channels: 'missing', topics: 'missing' })
})
