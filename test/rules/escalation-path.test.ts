import { expect, test } from 'vitest'
import { ApprovalsPolicySchema } from '../../core/rules/approvals-policy.ts'
import { escalationPath, firstWakeUp, nextWakeUp } from '../../core/rules/escalation-path.ts'

const HOUR = 3_600_000
const START = new Date('2026-03-04T17:00:00Z')
const at = (hours: number): Date => new Date(START.getTime() + hours * HOUR)
const policy = (given: object) => ApprovalsPolicySchema.parse(given)
const both = policy({
  escalation: [
    { after_hours: 4, to: 'admin' },
    { after_hours: 10, to: 'owner' },
  ],
  sla_hours: 8,
})

test('a reminder half way, the steps, and the time by which it should be decided', () => {
  expect(escalationPath(both)).toEqual([
    { kind: 'remind', afterHours: 2 },
    { kind: 'escalate', afterHours: 4, to: 'admin' },
    { kind: 'sla_missed', afterHours: 8, to: null },
    { kind: 'escalate', afterHours: 10, to: 'owner' },
  ])
  expect(escalationPath(policy({ sla_hours: 6 })).map(({ afterHours }) => afterHours)).toEqual([3, 6])
  expect(escalationPath(policy({}))).toEqual([])
  expect(escalationPath(undefined)).toEqual([])
})

test.each<[string, Parameters<typeof nextWakeUp>[1], Date | null]>([
  [
    'the next step, from the one before',
    { at: at(2), since: START, expiresAt: null, done: 1, afterSnooze: false },
    at(4),
  ],
  ['not sooner where it was late', { at: at(3), since: START, expiresAt: null, done: 1, afterSnooze: false }, at(5)],
  ['nothing after the last', { at: at(10), since: START, expiresAt: null, done: 4, afterSnooze: false }, null],
  ['nothing from the expiry on', { at: at(4), since: START, expiresAt: at(8), done: 2, afterSnooze: false }, null],
  [
    'the step’s own time after a snooze',
    { at: at(3), since: START, expiresAt: null, done: 1, afterSnooze: true },
    at(4),
  ],
  [
    'an hour later where that has passed',
    { at: at(6), since: START, expiresAt: null, done: 1, afterSnooze: true },
    at(7),
  ],
])('%s', (_name, spoken, expected) => {
  expect(nextWakeUp(escalationPath(both), spoken)).toEqual(expected)
})

test('the first comes with the path, and without one as usual', () => {
  const waiting = { since: START, slotAt: null, category: 'crm_update', zone: 'America/Denver' } as const
  expect(firstWakeUp(both, waiting, null)).toEqual(at(2))
  expect(firstWakeUp(both, waiting, at(2))).toBeNull()
  expect(firstWakeUp(undefined, waiting, null)).toEqual(at(24))
})
