import { expect, test } from 'vitest'
import { atLevel, earnedLevel, startCell } from '../../../core/domain/trust/cell-state.ts'
import { afterChange, earlierWeight } from '../../../core/domain/trust/changed-agent.ts'
import { nextCell } from '../../../core/domain/trust/next-cell.ts'
import { cellDecision, cleanApproval } from '../../support/any-decision.ts'
import { cellBefore } from '../../support/gate-evidence.ts'

test.each([
  ['none', [], 1],
  ['wording', ['wording'], 0.75],
  ['model', ['model'], 0.5],
  ['both', ['wording', 'model'], 0.375],
] as const)('decisions before a change of %s weigh %s', (_name, changes, weight) => {
  expect(earlierWeight(changes)).toBe(weight)
})

test('other wording keeps the proof and is watched more closely', () => {
  const cell = atLevel(cellBefore(4), 3)
  expect(afterChange(cell, 'wording', null)).toEqual({ ...cell, drift: 2, doubledAudits: 20 })
  expect(afterChange({ ...cell, drift: 3 }, 'wording', null).drift).toBe(3)
  expect(afterChange(atLevel(cell, 2), 'wording', null).drift).toBe(0)
})

test('another model is a new cell, at level 3 at most until ten correct decisions', () => {
  const before = atLevel({ ...cellBefore(4), epoch: 3 }, 4)
  let cell = afterChange(before, 'model', 0.9)
  expect(cell).toEqual({ ...startCell(0.9), level: 4, correctUntilFull: 10 })
  const correct = cellDecision(cleanApproval())
  for (let n = 0; n < 9; n += 1) cell = nextCell(cell, correct)
  expect(earnedLevel(cell)).toBe(3)
  cell = nextCell({ ...cell, drift: 1 }, correct)
  expect(earnedLevel(cell)).toBe(4)
  expect(cell.drift).toBe(0)
})

test('a level of 3 or less stays what it was', () => {
  const cell = afterChange(atLevel(startCell(null), 3), 'model', null)
  expect(earnedLevel(cell)).toBe(3)
  expect(earnedLevel(afterChange(startCell(null, 1), 'model', null))).toBe(1)
})
