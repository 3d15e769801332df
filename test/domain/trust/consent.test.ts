import { expect, test } from 'vitest'
import { type Consent, covers, mayProposeAgain, untilNextProposal } from '../../../core/domain/trust/consent.ts'
import type { EarnedLevel } from '../../../core/domain/trust/promotion-test.ts'
import { explicit, standing } from '../../support/gate-evidence.ts'

test.each<[string, Consent | null, EarnedLevel, boolean]>([
  ['none', null, 3, false],
  ['to this step', explicit(4), 4, true],
  ['to a lower step', explicit(3), 4, false],
  ['to a higher step', explicit(5), 4, false],
  ['in advance up to it', standing(4), 4, true],
  ['in advance beyond it', standing(4), 3, true],
  ['in advance, not so far', standing(3), 4, false],
  ['in advance, withdrawn', standing(4, true), 3, false],
  ['in advance never for level 5', standing(5), 5, false],
  ['to level 5 itself', explicit(5), 5, true],
])('%s', (_name, consent, to, expected) => {
  expect(covers(consent, to)).toBe(expected)
})

test.each<[EarnedLevel, number, number, number, number]>([
  [3, 0, 0, 30, 10],
  [3, 30, 9, 0, 1],
  [3, 29, 10, 1, 0],
  [3, 30, 10, 0, 0],
  [4, 40, 24, 0, 1],
  [4, 40, 25, 0, 0],
  [5, 40, 49, 0, 1],
  [5, 40, 60, 0, 0],
])('level %d, %d days and %d correct after a decline', (to, daysSince, correctSince, days, correct) => {
  const decline = { to, daysSince, correctSince }
  expect(untilNextProposal(decline)).toEqual({ days, correct })
  expect(mayProposeAgain(decline)).toBe(days === 0 && correct === 0)
})
