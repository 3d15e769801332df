import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { evidence, startTest } from '../../../core/domain/trust/betting-test.ts'
import { atLevel, type CellState, startCell, startEpoch, withBaseline } from '../../../core/domain/trust/cell-state.ts'
import { countDecision } from '../../../core/domain/trust/counted-decision.ts'
import { type CellDecision, nextCell, stepCell } from '../../../core/domain/trust/next-cell.ts'
import { anyCellDecision, cellDecision, cleanApproval, rejectionOf } from '../../support/any-decision.ts'

const clean = cellDecision(cleanApproval())
const start = startCell(null)
const after = (decisions: readonly CellDecision[], from: CellState = start): CellState =>
  decisions.reduce(nextCell, from)
const times = (count: number, decision: CellDecision): readonly CellDecision[] =>
  Array.from({ length: count }, () => decision)

test('an agent starts at level 2 with nothing shown; what watches may start at 1', () => {
  expect(start).toMatchObject({ epoch: 1, level: 2, cycles: 0, correct: 0, drift: 0 })
  expect(startCell(null, 1).level).toBe(1)
  expect([start.tests.level3?.p0, start.tests.level4?.p0, start.tests.level5?.p0]).toEqual([0.8, 0.88, 0.92])
})

test('a level whose baseline cannot be tested has no test', () => {
  expect(startCell(0.99).tests).toEqual({ level3: null, level4: null, level5: null })
  expect(after([clean], startCell(0.99))).toMatchObject({ tests: { level3: null }, correct: 1 })
})

test('a clean approval counts for everything', () => {
  const cell = after([clean])
  expect(cell).toMatchObject({ cycles: 1, correct: 1, correctActions: 0, policyStreak: 1, lastOverrides: [null] })
  expect(cell.tests.level3 && evidence(cell.tests.level3)).toBeCloseTo(1.169, 6)
})

test.each<[string, CellDecision, Partial<CellState>]>([
  ['an action at level 3', { ...clean, ranAtLevel: 3 }, { correct: 6, correctActions: 6 }],
  ['a recommendation', clean, { correct: 6, correctActions: 5 }],
  ['what was done at level 2', { ...clean, ranAtLevel: 2 }, { correct: 6, correctActions: 5 }],
  ['a mild rejection', cellDecision(rejectionOf('minor')), { correct: 5, correctActions: 5, cycles: 6 }],
  ['a major rejection', cellDecision(rejectionOf('major')), { correct: 0, correctActions: 0, cycles: 6 }],
  ['a critical one', cellDecision(rejectionOf('critical')), { correct: 0, correctActions: 0, cycles: 6 }],
  [
    'a failed check',
    cellDecision(countDecision({ kind: 'policy_failed' })),
    { policyStreak: 0, cycles: 5, correct: 0 },
  ],
  ['a block', cellDecision(countDecision({ kind: 'blocked' })), { policyStreak: 0, cycles: 5, correct: 5 }],
  [
    'a stated reason',
    cellDecision(rejectionOf('minor'), { reason: 'tone' }),
    { lastOverrides: [null, null, null, null, null, 'tone'] },
  ],
  ['no reason', cellDecision(rejectionOf('minor')), { lastOverrides: [null, null, null, null, null, ''] }],
  ['a sensitive question', { ...clean, sensitiveAsked: true }, { sensitive: '1' }],
  ['sensitive, unasked', { ...clean, sensitiveAsked: false }, { sensitive: '0' }],
])('after five actions, %s', (_name, decision, expected) => {
  expect(after([...times(5, { ...clean, ranAtLevel: 3 }), decision])).toMatchObject(expected)
})

test('only the last 20 overrides and the last 50 sensitive actions are kept', () => {
  const cell = after([...times(60, { ...clean, sensitiveAsked: false }), { ...clean, sensitiveAsked: true }])
  expect(cell.lastOverrides).toHaveLength(20)
  expect(cell.sensitive).toBe(`${'0'.repeat(49)}1`)
})

test('an edge case is kept', () => {
  const edgeCase = { outcome: 'warranted', kind: 'price', isSerious: false } as const
  expect(after([{ ...clean, edgeCase }]).edgeCases).toMatchObject({ warranted: 1, kinds: ['price'] })
})

test('a change of agent runs out with the decisions that it asked for', () => {
  const changed = { ...start, doubledAudits: 1, correctUntilFull: 2 }
  expect(after([clean], changed)).toMatchObject({ doubledAudits: 0, correctUntilFull: 1 })
  expect(after([clean, clean, clean], changed)).toMatchObject({ doubledAudits: 0, correctUntilFull: 0 })
  expect(after([cellDecision(rejectionOf())], changed)).toMatchObject({ correctUntilFull: 2 })
})

const proven = after(times(40, { ...clean, ranAtLevel: 4 }))

test.each<[string, CellState['level'], CellDecision, ReturnType<typeof stepCell>['demotion']]>([
  [
    'a rejection at high autonomy',
    4,
    cellDecision(rejectionOf('preference'), { concernsHighAutonomy: true }),
    'rejection_at_high_autonomy',
  ],
  [
    'one that arrives after it was left',
    2,
    cellDecision(rejectionOf(), { concernsHighAutonomy: true }),
    'rejection_at_high_autonomy',
  ],
  ['an approval there', 4, { ...clean, concernsHighAutonomy: true }, null],
  [
    'a rewrite there',
    4,
    cellDecision(
      countDecision({ kind: 'approved', edit: { distance: 1, emptied: false }, confidence: 1, tooFast: false }),
      { concernsHighAutonomy: true },
    ),
    null,
  ],
  ['a critical finding at level 3', 3, cellDecision(rejectionOf('critical')), 'critical_finding'],
  ['a critical finding at level 2', 2, cellDecision(rejectionOf('critical')), null],
  ['an undo at level 3', 3, cellDecision(rejectionOf('major')), null],
])('%s', (_name, level, decision, demotion) => {
  const step = stepCell(atLevel(proven, level), decision)
  expect(step.demotion).toBe(demotion)
  if (demotion === null) expect(step.cell).toMatchObject({ level, epoch: 1 })
  else expect(step.cell).toMatchObject({ level: 2, epoch: 2, cycles: 0, correct: 0, correctActions: 0, drift: 0 })
})

test('failures at level 3 demote it at the fourth, and the new epoch starts from nothing', () => {
  const failure = cellDecision(rejectionOf('minor'))
  const three = after(times(3, failure), atLevel(proven, 3))
  expect(three).toMatchObject({ level: 3, epoch: 1 })
  const step = stepCell(three, failure)
  expect(step.demotion).toBe('drift')
  expect(step.cell.tests).toEqual(start.tests)
  expect(step.cell).toMatchObject({ level: 2, epoch: 2 })
})

test('drift starts anew with any change of level, and evidence stays', () => {
  const drifting = after([cellDecision(rejectionOf('minor'))], atLevel(proven, 3))
  expect(drifting.drift).toBeCloseTo(Math.log(3), 12)
  expect(atLevel(drifting, 3)).toBe(drifting)
  expect(atLevel(drifting, 4)).toEqual({ ...drifting, level: 4, drift: 0 })
})

test('another baseline starts the tests anew in an epoch of their own; the same one changes nothing', () => {
  expect(withBaseline(proven, 0.5)).toBe(proven)
  expect(withBaseline(proven, 0.9)).toEqual({
    ...proven,
    epoch: 2,
    tests: { ...start.tests, level3: startTest(0.9, [1, 2, 3, 4, 5]), level4: startTest(0.9, [1, 2, 3, 4, 5]) },
  })
  expect(startEpoch(startCell(0.99)).tests.level3).toBeNull()
})

it('takes silence and stamps for nothing in E, the counts and drift (law 3)', () => {
  const silent = fc.constantFrom(
    cellDecision(countDecision({ kind: 'unseen' })),
    cellDecision(
      countDecision({ kind: 'approved', edit: { distance: 0, emptied: false }, confidence: 0.5, tooFast: true }),
    ),
  )
  fc.assert(
    fc.property(fc.array(anyCellDecision), silent, (decisions, one) => {
      const cell = after(decisions)
      expect(nextCell(cell, one)).toEqual(cell)
    }),
  )
})

it('is the same to the bit when it is carried on through storage after every decision (law 4)', () => {
  // safe: what is read back is what `JSON.stringify` was given.
  const stored = (cell: CellState): CellState => JSON.parse(JSON.stringify(cell)) as CellState
  fc.assert(
    fc.property(
      fc.array(anyCellDecision, { maxLength: 80 }),
      fc.constantFrom(2 as const, 3 as const, 4 as const),
      (decisions, level) => {
        const from = atLevel(start, level)
        const kept = decisions.reduce((cell, decision) => stored(nextCell(cell, decision)), from)
        expect(JSON.stringify(kept)).toBe(JSON.stringify(after(decisions, from)))
      },
    ),
  )
})

it('goes to level 2 and a new epoch with every demotion, and never up by itself', () => {
  fc.assert(
    fc.property(fc.array(anyCellDecision), fc.constantFrom(2 as const, 3 as const, 5 as const), (decisions, level) => {
      let cell = atLevel(start, level)
      for (const decision of decisions) {
        const step = stepCell(cell, decision)
        expect(step.cell.level).toBe(step.demotion === null ? cell.level : 2)
        expect(step.cell.epoch).toBe(cell.epoch + (step.demotion === null ? 0 : 1))
        cell = step.cell
      }
    }),
  )
})
