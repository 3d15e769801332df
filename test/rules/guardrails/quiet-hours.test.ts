import { expect, it, test } from 'vitest'
import type { Reason } from '../../../core/domain/verdict.ts'
import { quietHoursGuardrail } from '../../../core/rules/guardrails/quiet-hours.ts'
import type { PolicyDocument } from '../../../core/rules/policy.ts'
import { place, subject } from '../../support/guardrail-subject.ts'

const night: NonNullable<PolicyDocument['quiet_hours']> = { from: '21:00', to: '08:00', outcome: 'ask' }
const said = (plannedAt: string, quiet_hours = night, reachesPeople = true): Reason | null | undefined =>
  quietHoursGuardrail({ quiet_hours })?.(subject({ plannedAt: new Date(plannedAt), reachesPeople }), place)

test.each<[string, string, string | null]>([
  ['by day', '2026-03-04T10:00:00-07:00', null],
  ['a minute before', '2026-03-04T20:59:59-07:00', null],
  [
    'at their beginning',
    '2026-03-04T21:00:00-07:00',
    'It would reach people at 21:00; quiet hours are 21:00 to 08:00. From 08:00 on it would pass.',
  ],
  [
    'after midnight',
    '2026-03-05T03:30:00-07:00',
    'It would reach people at 03:30; quiet hours are 21:00 to 08:00. From 08:00 on it would pass.',
  ],
  ['at their end', '2026-03-05T08:00:00-07:00', null],
  ['in the workspace’s zone, not in UTC', '2026-03-04T22:00:00Z', null],
  [
    'on the morning on which clocks went forward',
    '2026-03-08T13:59:00Z',
    'It would reach people at 07:59; quiet hours are 21:00 to 08:00. From 08:00 on it would pass.',
  ],
  ['and a minute later', '2026-03-08T14:00:00Z', null],
])('%s', (_name, plannedAt, text) => {
  expect(said(plannedAt)).toEqual(text === null ? null : { rule: 'quiet_hours', outcome: 'ask', text })
})

it('blocks where the policy says so', () => {
  expect(said('2026-03-04T23:00:00-07:00', { ...night, outcome: 'block' })).toMatchObject({ outcome: 'block' })
})

it('does not mind what reaches nobody', () => {
  expect(said('2026-03-04T23:00:00-07:00', night, false)).toBeNull()
})

it('is never on where it begins and ends at the same time', () => {
  expect(said('2026-03-04T21:00:00-07:00', { ...night, to: '21:00' })).toBeNull()
})

it('has nothing to say where the policy has no such rule', () => {
  expect(quietHoursGuardrail({})).toBeNull()
})
