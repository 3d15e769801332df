import fc from 'fast-check'
import { type CountedDecision, countDecision } from '../../core/domain/trust/counted-decision.ts'
import type { DecisionEvent } from '../../core/domain/trust/decision-event.ts'
import type { CellDecision } from '../../core/domain/trust/next-cell.ts'

const share = fc.double({ min: 0, max: 1, noNaN: true })
const severity = fc.constantFrom(null, 'preference' as const, 'minor' as const, 'major' as const, 'critical' as const)
const edit = fc.record({ distance: fc.oneof(fc.constant(0), share), emptied: fc.constant(false) })

/** Any row of the table of section 2. */
export const anyEvent: fc.Arbitrary<DecisionEvent> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('approved' as const), edit, confidence: share, tooFast: fc.boolean() }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('rejected' as const, 'reversed' as const, 'undone' as const),
      severity,
    }),
  },
  fc.record({ kind: fc.constantFrom('seen' as const, 'audit_confirmed' as const), confidence: share }),
  fc.record({ kind: fc.constant('revised' as const), edit: fc.option(edit), confidence: share }),
  fc.record({ kind: fc.constant('reversed_by_agent' as const), severity }),
  fc.record({
    kind: fc.constantFrom(
      'unseen' as const,
      'policy_failed' as const,
      'outside_reason' as const,
      'blocked' as const,
      'expired' as const,
    ),
  }),
)

/** What a cell takes of a decision, where nothing else is said. */
export const cellDecision = (counted: CountedDecision, given: Partial<CellDecision> = {}): CellDecision => ({
  ranAtLevel: null,
  concernsHighAutonomy: false,
  reason: null,
  sensitiveAsked: null,
  edgeCase: null,
  ...counted,
  ...given,
})

export const cleanApproval = (confidence = 1): CountedDecision =>
  countDecision({ kind: 'approved', edit: { distance: 0, emptied: false }, confidence, tooFast: false })

export const rejectionOf = (given: 'preference' | 'minor' | 'major' | 'critical' | null = null): CountedDecision =>
  countDecision({ kind: 'rejected', severity: given })

/** Any decision with its surroundings; level-4 actions among them. */
export const anyCellDecision: fc.Arbitrary<CellDecision> = fc
  .record({
    event: anyEvent,
    ranAtLevel: fc.constantFrom(null, 3 as const, 4 as const),
    reason: fc.constantFrom(null, 'tone', 'offer'),
    sensitiveAsked: fc.constantFrom(null, true, false),
    concernsHighAutonomy: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    edgeCase: fc.option(
      fc.record({
        outcome: fc.constantFrom('warranted' as const, 'unwarranted' as const, 'missed' as const),
        kind: fc.constantFrom('price', 'complaint'),
        isSerious: fc.boolean(),
      }),
    ),
  })
  .map(({ event, ...given }) => cellDecision(countDecision(event), given))
