import fc from 'fast-check'
import { it } from 'vitest'
import { GATE_NAMES } from '../../../core/domain/trust/gate.ts'
import type { GrantView, NoticeView, PromotionView } from '../../../core/gate/promotion-views.ts'
import type { TrustDetailsView, TrustGateView } from '../../../core/gate/trust-views.ts'
import { NOTICE_KINDS, PROMOTION_STATES } from '../../../core/ports/promotions.ts'
import { noticeCard } from '../../../slack-app/views/notice-card.ts'
import { promotionCard } from '../../../slack-app/views/promotion-card.ts'
import { promotionDossier } from '../../../slack-app/views/promotion-dossier.ts'
import {
  categoryChoices,
  handedBackMessage,
  nothingThere,
  reclaimedMessage,
} from '../../../slack-app/views/reclaimed.ts'
import { trustSummary } from '../../../slack-app/views/trust-summary.ts'
import { withdrawnMessage } from '../../../slack-app/views/withdrawn.ts'
import { ctx, later } from '../sample.ts'
import { anyWords, standsInSlack } from '../slack-limits.ts'
import { cell, details, grant, key, notice, promotion } from '../trust-sample.ts'

const gates: fc.Arbitrary<readonly TrustGateView[]> = fc.array(
  fc.record({
    name: fc.oneof(fc.constantFrom(...GATE_NAMES), anyWords),
    status: fc.constantFrom('held', 'missing', 'not_applicable_yet'),
    has: fc.constant(null),
    needs: fc.integer(),
    says: anyWords,
  }),
  { maxLength: 40 },
)
const count = fc.nat(2_000_000)
const promotions: fc.Arbitrary<PromotionView> = fc
  .record({
    state: fc.constantFrom(...PROMOTION_STATES),
    to: fc.constantFrom(3, 4, 5),
    title: anyWords,
    says: anyWords,
    by: fc.option(anyWords),
    reason: fc.option(anyWords),
    gates,
    alone: fc.record({ decisions: count, same: count, unchanged: count, wrong: count, unjudged: count }),
    worst: fc.array(
      fc.record({ actionId: anyWords, title: anyWords, at: fc.constant(later(0).toISOString()), says: anyWords }),
    ),
  })
  .map(({ gates: asked, alone, worst, ...more }) =>
    promotion({ ...more, endedAt: later(1), dossier: { ...promotion().dossier, gates: asked, alone, worst } }),
  )
const grants: fc.Arbitrary<readonly GrantView[]> = fc.array(
  fc
    .record({ agentId: anyWords, scenario: anyWords, by: fc.option(anyWords), taken: fc.boolean() })
    .map(({ taken, ...more }) => grant({ ...more, reclaimed: taken ? 4 : null })),
  { maxLength: 40 },
)
const scopes: fc.Arbitrary<readonly TrustDetailsView[]> = fc.array(
  fc
    .record({ says: anyWords, gates, score: fc.integer({ min: -50, max: 150 }) })
    .map(({ says, gates: asked, score }) =>
      details({ says, score, cells: [cell({ next: { level: 4, gates: asked } })] }),
    ),
  { maxLength: 20 },
)
const notices: fc.Arbitrary<NoticeView> = fc
  .record({
    kind: fc.constantFrom(...NOTICE_KINDS),
    title: anyWords,
    lines: fc.array(anyWords, { maxLength: 30 }),
    by: fc.option(anyWords),
    answer: fc.option(anyWords),
    answeredAt: fc.constantFrom(null, later(1)),
  })
  .map(({ title, lines, ...more }) => notice(more.kind, { ...more, body: { title, lines, key } }))

it('whatever an agent is called or wrote, cards about trust stay inside Slack’s limits', () => {
  fc.assert(
    fc.property(promotions, notices, grants, (proposed, told, given) => {
      standsInSlack(promotionCard(proposed, ctx))
      standsInSlack(promotionDossier(proposed, ctx))
      standsInSlack(noticeCard(told, given[0] ?? null, ctx))
    }),
    { numRuns: 60 },
  )
})

it('and so do lists about trust', () => {
  fc.assert(
    fc.property(anyWords, scopes, grants, fc.array(promotions, { maxLength: 3 }), (text, known, given, open) => {
      const agents = new Map(given.map(({ agentId }) => [agentId, text]))
      standsInSlack(trustSummary(null, { scopes: known, grants: given, open, agents }, ctx))
      standsInSlack(trustSummary('crm_update', { scopes: known, grants: given, open, agents }, ctx))
      standsInSlack(reclaimedMessage(given, agents))
      standsInSlack(handedBackMessage(given, agents))
      standsInSlack(categoryChoices(text, [text, text]))
      standsInSlack(nothingThere(text, 'reclaim'))
    }),
    { numRuns: 30 },
  )
})

it('and the one message that never changes', () => {
  standsInSlack(withdrawnMessage())
})
