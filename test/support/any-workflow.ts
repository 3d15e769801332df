import fc from 'fast-check'
import { CATEGORIES } from '../../core/domain/category.ts'
import { DATA_QUALITIES, ORIGINS, SENSITIVITIES, type Workflow } from '../../core/domain/rollout/workflow.ts'

/** Small CRM updates: often, routine, low risk, and everything can be taken back and measured. */
export const plainWorkflow: Workflow = {
  name: 'Tidy contacts',
  category: 'crm_update',
  origin: 'agent',
  runsPerMonth: 60,
  people: 1,
  listSize: null,
  amountMinor: 0,
  sensitivity: 'low',
  risk: 'low',
  undo: 'exact',
  dataQuality: 'mature',
  isNewGround: false,
  isPreparing: false,
  today: { successRate: null, minutesPerRun: null },
}

const share = fc.option(fc.double({ min: 0, max: 1, noNaN: true }))

export const anyWorkflow: fc.Arbitrary<Workflow> = fc.record({
  name: fc.constantFrom('One', 'Two', 'Three'),
  category: fc.constantFrom(...CATEGORIES.slice(0, 4)),
  origin: fc.constantFrom(...ORIGINS),
  runsPerMonth: fc.double({ min: 0.1, max: 1000, noNaN: true }),
  people: fc.nat(10_000),
  listSize: fc.option(fc.nat(50_000)),
  amountMinor: fc.nat(100_000),
  sensitivity: fc.constantFrom(...SENSITIVITIES),
  risk: fc.constantFrom('low', 'medium', 'high'),
  undo: fc.constantFrom('exact', 'compensating', 'held', 'none'),
  dataQuality: fc.constantFrom(...DATA_QUALITIES),
  isNewGround: fc.boolean(),
  isPreparing: fc.boolean(),
  today: fc.record({ successRate: share, minutesPerRun: fc.option(fc.nat(600)) }),
})
