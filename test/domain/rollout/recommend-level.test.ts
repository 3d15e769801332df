import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { ceilingOf, type Level } from '../../../core/domain/ceiling.ts'
import { DATA_MATRIX, FREQUENCY_MATRIX } from '../../../core/domain/rollout/matrix.ts'
import { type BlockedBy, recommendLevel } from '../../../core/domain/rollout/recommend-level.ts'
import {
  bandOfWorkflow,
  DATA_QUALITIES,
  isFrequent,
  SENSITIVITIES,
  type Workflow,
} from '../../../core/domain/rollout/workflow.ts'
import { anyWorkflow, plainWorkflow } from '../../support/any-workflow.ts'

const RISKS = ['low', 'medium', 'high'] as const
const UNDOS = ['exact', 'compensating', 'held', 'none'] as const
const LEVELS = [1, 2, 3, 4, 5] as const

/** Every cell: data by risk, what can be taken back, frequency by sensitivity. */
const cells = DATA_QUALITIES.flatMap((dataQuality) =>
  RISKS.flatMap((risk) =>
    UNDOS.flatMap((undo) =>
      SENSITIVITIES.flatMap((sensitivity) =>
        [1, 4].map((runsPerMonth) => ({ dataQuality, risk, undo, sensitivity, runsPerMonth })),
      ),
    ),
  ),
)

test.each(cells)(
  '$dataQuality data, $risk risk, undo $undo, sensitivity $sensitivity, $runsPerMonth a month',
  (cell) => {
    const frequency = cell.runsPerMonth === 4 ? 'frequent' : 'seldom'
    const lowest = Math.min(
      DATA_MATRIX[cell.dataQuality][cell.risk],
      FREQUENCY_MATRIX[frequency][cell.sensitivity],
      ceilingOf(cell.risk, cell.undo, 'small'),
    )
    expect(recommendLevel({ ...plainWorkflow, ...cell }, 5).aimAt).toBe(lowest)
  },
)

test.each<[string, Partial<Workflow>, Level, Level, readonly BlockedBy[]]>([
  ['nothing holds it back', {}, 5, 5, []],
  ['good data', { dataQuality: 'good' }, 5, 3, ['data']],
  ['reliable results', { dataQuality: 'reliable' }, 5, 4, ['data']],
  ['patchy data', { dataQuality: 'patchy' }, 5, 2, ['data']],
  ['medium risk', { risk: 'medium' }, 5, 4, ['risk_and_undo']],
  ['high risk, mature data', { risk: 'high' }, 5, 3, ['risk_and_undo']],
  ['nothing can be taken back', { undo: 'none' }, 5, 2, ['risk_and_undo']],
  ['a large audience', { people: 6_000 }, 5, 4, ['risk_and_undo']],
  ['sensitive', { sensitivity: 'high' }, 5, 3, ['frequency_and_sensitivity']],
  ['seldom', { runsPerMonth: 3 }, 5, 3, ['frequency_and_sensitivity']],
  ['seldom and sensitive', { runsPerMonth: 3, sensitivity: 'high' }, 5, 2, ['frequency_and_sensitivity']],
  ['a person’s', { sensitivity: 'always_a_person' }, 5, 2, ['always_a_person', 'frequency_and_sensitivity']],
  ['new ground', { isNewGround: true }, 5, 2, ['new_ground']],
  ['the policy', {}, 3, 3, ['policy']],
  ['a policy that only lets watch', {}, 1, 1, ['policy']],
  ['98 % today can still be tested', { today: { successRate: 0.98, minutesPerRun: null } }, 5, 5, []],
  ['better than can be tested', { today: { successRate: 0.99, minutesPerRun: null } }, 5, 2, ['baseline']],
  ['two that bind alike', { sensitivity: 'high', dataQuality: 'good' }, 5, 3, ['data', 'frequency_and_sensitivity']],
])('%s', (_name, given, policy, aimAt, blockedBy) => {
  const found = recommendLevel({ ...plainWorkflow, ...given }, policy)
  expect(found.aimAt).toBe(aimAt)
  expect(found.blocks.map(({ by }) => by)).toEqual(blockedBy)
  expect(found.blocks.every(({ level, says }) => level === aimAt && says.endsWith('.'))).toBe(true)
})

test.each([
  ['agent' as const, 5 as const, 2],
  ['agent' as const, 1 as const, 1],
  ['existing_workflow' as const, 5 as const, 1],
])('%s, with %i allowed, starts at %i', (origin, policy, level) => {
  expect(recommendLevel({ ...plainWorkflow, origin }, policy).startAt).toBe(level)
})

it('has nothing to earn for unpublished work', () => {
  const found = recommendLevel({ ...plainWorkflow, isPreparing: true }, 5)
  expect(found).toMatchObject({ aimAt: 2, blocks: [] })
  expect(found.why).toBe(
    'Level 2 (recommend): unpublished work passes from there without being asked about, and is recorded.',
  )
})

it('says why in business words', () => {
  const found = recommendLevel({ ...plainWorkflow, runsPerMonth: 1, dataQuality: 'good' }, 5)
  expect(found.why).toBe('Level 3 (act and notify): low risk, good data, 1 run a month, routine.')
})

const anyPolicy = fc.constantFrom(...LEVELS)

describe('of any workflow', () => {
  it('never passes the ceiling, nor the policy', () => {
    fc.assert(
      fc.property(anyWorkflow, anyPolicy, (workflow, policy) => {
        const { aimAt, ceiling } = recommendLevel(workflow, policy)
        expect(aimAt).toBeLessThanOrEqual(ceiling)
        expect(ceiling).toBeLessThanOrEqual(ceilingOf(workflow.risk, workflow.undo, bandOfWorkflow(workflow)))
        expect(aimAt).toBeLessThanOrEqual(policy)
      }),
    )
  })

  it('says what holds it back, where anything does', () => {
    fc.assert(
      fc.property(anyWorkflow, anyPolicy, (workflow, policy) => {
        const { aimAt, blocks } = recommendLevel(workflow, policy)
        expect(blocks.length > 0).toBe(aimAt < 5 && (!workflow.isPreparing || policy === 1))
      }),
    )
  })

  it('never aims higher with more risk, with less data, or when more sensitive or less often', () => {
    const aim = (workflow: Workflow): Level => recommendLevel(workflow, 5).aimAt
    fc.assert(
      fc.property(anyWorkflow, (workflow) => {
        const falls = (aims: readonly Level[]) => expect(aims).toEqual(aims.toSorted((a, b) => b - a))
        falls(RISKS.map((risk) => aim({ ...workflow, risk })))
        falls(DATA_QUALITIES.toReversed().map((dataQuality) => aim({ ...workflow, dataQuality })))
        falls(SENSITIVITIES.map((sensitivity) => aim({ ...workflow, sensitivity })))
        if (isFrequent(workflow)) falls([aim(workflow), aim({ ...workflow, runsPerMonth: 1 })])
      }),
    )
  })
})
