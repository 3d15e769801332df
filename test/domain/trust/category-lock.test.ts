import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import type { Level } from '../../../core/domain/ceiling.ts'
import { levelInForce } from '../../../core/domain/level.ts'
import {
  decisionsUntilOthers,
  lockCause,
  mayProposeUnder,
  nextLock,
  startLock,
} from '../../../core/domain/trust/category-lock.ts'
import { atLevel, startCell } from '../../../core/domain/trust/cell-state.ts'
import { stepCell } from '../../../core/domain/trust/next-cell.ts'
import { cellDecision, cleanApproval, rejectionOf } from '../../support/any-decision.ts'

test.each([
  ['a rejection at high autonomy', 'preference', 'rejection_at_high_autonomy', 'rejection_at_high_autonomy'],
  ['a critical finding at any level', 'critical', null, 'critical_finding'],
  ['a critical finding at level 3', 'critical', 'critical_finding', 'critical_finding'],
  ['drift', 'minor', 'drift', null],
  ['an ordinary rejection', 'major', null, null],
] as const)('%s', (_name, severity, demotion, expected) => {
  expect(lockCause({ severity }, demotion)).toBe(expected)
})

test('others may be proposed again after ten decisions, the offender by its own gates', () => {
  let lock = startLock('rejection_at_high_autonomy', 'one')
  expect(mayProposeUnder(lock, 'one')).toBe(true)
  for (let decided = 0; decided < 10; decided += 1) {
    expect(mayProposeUnder(lock, 'other')).toBe(false)
    expect(decisionsUntilOthers(lock)).toBe(10 - decided)
    lock = nextLock(lock)
  }
  expect(mayProposeUnder(lock, 'other')).toBe(true)
  expect(decisionsUntilOthers(nextLock(lock))).toBe(0)
})

it('leaves level 2 in force after a rejection at level 4 or more, whatever else holds (law 5)', () => {
  const severity = fc.constantFrom(null, 'preference' as const, 'minor' as const, 'major' as const, 'critical' as const)
  const levels = fc.constantFrom<Level>(4, 5)
  const tier = fc.constantFrom('review' as const, 'notify' as const, 'autonomous' as const)
  fc.assert(
    fc.property(levels, severity, fc.nat({ max: 60 }), tier, (level, given, approvals, scoreTier) => {
      const clean = cellDecision(cleanApproval(), { ranAtLevel: level })
      let cell = atLevel(startCell(null), level)
      for (let n = 0; n < approvals; n += 1) cell = stepCell(cell, clean).cell
      const rejected = cellDecision(rejectionOf(given), { ranAtLevel: level, concernsHighAutonomy: true })
      const step = stepCell(cell, rejected)
      const bounds = {
        grant: 5,
        tier: scoreTier,
        ceiling: 5,
        policy: 5,
        isChangedAgent: false,
        isReturning: false,
      } as const
      expect(levelInForce({ ...bounds, grant: step.cell.level, locked: false }).level).toBe(2)
      expect(levelInForce({ ...bounds, locked: lockCause(rejected, step.demotion) !== null }).level).toBe(2)
    }),
  )
})
