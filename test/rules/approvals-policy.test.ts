import { expect, test } from 'vitest'
import { ApprovalsPolicySchema, loosensApprovals, peopleRulesFor } from '../../core/rules/approvals-policy.ts'

const policy = (given: object) => ApprovalsPolicySchema.parse(given)

test.each([
  [
    'steps that do not come later',
    {
      escalation: [
        { after_hours: 4, to: 'admin' },
        { after_hours: 4, to: 'owner' },
      ],
    },
  ],
  ['a step to nobody', { escalation: [{ after_hours: 4, to: 'viewer' }] }],
  ['one person', { people_needed: [{ people: 1 }] }],
  ['six people', { people_needed: [{ people: 6 }] }],
  ['a field that nobody knows', { people_needed: [{ people: 2, segment: 'x' }] }],
])('%s are refused', (_name, given) => {
  expect(ApprovalsPolicySchema.safeParse(given).success).toBe(false)
})

const it = {
  category: 'crm_update',
  channel: 'crm',
  kind: 'hubspot.contact.update',
  amountMinor: 100,
  people: 10,
} as const
test.each([
  [{ people: 2 }, 1],
  [{ people: 2, categories: ['crm_update'] }, 1],
  [{ people: 2, categories: ['audience'] }, 0],
  [{ people: 2, channels: ['email'] }, 0],
  [{ people: 2, kinds: ['hubspot.*'] }, 1],
  [{ people: 2, kinds: ['hubspot.contact'] }, 0],
  [{ people: 2, amount_above: 99 }, 1],
  [{ people: 2, amount_above: 100 }, 0],
  [{ people: 2, people_above: 9 }, 1],
  [{ people: 2, people_above: 10 }, 0],
  [{ people: 2, channels: ['crm'], amount_above: 100 }, 0],
])('%j holds %i times', (rule, times) => {
  expect(peopleRulesFor(policy({ people_needed: [rule] }), it)).toHaveLength(times)
})

const rule = { people: 3, channels: ['email'], roles: ['owner', 'admin'] }
test.each<[string, object, object, boolean]>([
  ['the same', { people_needed: [rule] }, { people_needed: [rule] }, false],
  ['more people', { people_needed: [rule] }, { people_needed: [{ ...rule, people: 4 }] }, false],
  ['fewer roles', { people_needed: [rule] }, { people_needed: [{ ...rule, roles: ['owner'] }] }, false],
  ['another rule beside it', { people_needed: [rule] }, { people_needed: [{ people: 2 }, rule] }, false],
  ['fewer people', { people_needed: [rule] }, { people_needed: [{ ...rule, people: 2 }] }, true],
  ['more roles', { people_needed: [rule] }, { people_needed: [{ people: 3, channels: ['email'] }] }, true],
  ['other conditions', { people_needed: [rule] }, { people_needed: [{ ...rule, amount_above: 5 }] }, true],
  ['no rule', { people_needed: [rule] }, {}, true],
  ['four eyes ended', { four_eyes: true }, { four_eyes: false }, true],
  ['four eyes began', {}, { four_eyes: true }, false],
])('%s: whether %j to %j lets fewer people decide: %s', (_name, before, after, expected) => {
  expect(loosensApprovals(policy(before), policy(after))).toBe(expected)
})
