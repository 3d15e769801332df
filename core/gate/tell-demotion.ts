import type { DemotionCause } from '../domain/trust/next-cell.ts'
import { penaltyPoints } from '../domain/trust/penalty.ts'
import { threshold } from '../domain/trust/promotion-test.ts'
import { categoryOfScope } from '../domain/trust/scope-score.ts'
import { isFor } from '../domain/trust/standing.ts'
import type { Counted } from '../domain/trust/trust-book.ts'
import type { TrustRecord } from '../domain/trust/trust-record.ts'
import type { ActionRow } from '../ports/rows.ts'
import type { Context, Move } from './dependencies.ts'
import { endPromotion } from './end-promotion.ts'
import { tellPeople } from './tell-people.ts'
import { scenarioWords, scopeWords } from './trust-words.ts'

const CAUSES: Readonly<Record<DemotionCause, string>> = {
  rejection_at_high_autonomy: 'It was rejected or taken back after it had earned high autonomy.',
  critical_finding: 'A critical finding puts the whole category under full review.',
  drift: 'More of its recent work was changed or taken back than its level allows.',
}

const MOST_OPEN = 1000

export type Demoted = {
  readonly action: ActionRow
  readonly record: TrustRecord
  readonly counted: Pick<Counted, 'cell' | 'scopes'>
  readonly demotion: NonNullable<Counted['demotion']>
  /** What is told once; the action where absent. */
  readonly once?: string
}

/**
 * What follows from a demotion in its own transaction: people are told what happened and how it is earned back, standing
 * consent for the category ends, and what was proposed for those it lowered is withdrawn. What is in flight comes back
 * by the epoch.
 */
export async function tellDemotion(ctx: Pick<Context, 'newId'>, tx: Move, demoted: Demoted): Promise<void> {
  const { action, record, counted, demotion, once } = demoted
  const category = categoryOfScope(record.cell.scope)
  await withdrawConsent(tx, category, 'a demotion in this category')
  for (const open of await tx.promotions.list({ state: 'open', limit: MOST_OPEN }))
    if (categoryOfScope(open.scope) === category) await endPromotion(tx, open, 'withdrawn', null)
  const { cell } = counted.cell.history
  const scope = counted.scopes.find((one) => one.scope === record.cell.scope)
  const points = scope && demotion.cause === 'rejection_at_high_autonomy' ? penaltyPoints(scope.penalty) : 0
  const others = demotion.lowered.filter((one) => !isFor(one, { ...record.cell, agentId: record.agentId }))
  await tellPeople(ctx, tx, 'demotion', once ?? action.id, {
    title: `${scopeWords(record.cell.scope)}: ${demotion.lowered.length > 0 ? 'back to asking you' : 'under full review'}`,
    lines: [
      `${action.proposerName}, ${scenarioWords(record.cell.scenario)}: ${CAUSES[demotion.cause]}`,
      ...(points > 0 ? ['15 points are taken from its score; every judged decision pays a thirtieth back.'] : []),
      ...(others.length > 0
        ? [`${others.length} more of this category ask again, too; they keep their evidence.`]
        : []),
      ...(demotion.lowered.length > 0 ? ['What was waiting to go out by itself comes back to you.'] : []),
      demotion.isOwn
        ? `It can be earned back: its count starts again, and the evidence has to reach ${threshold(cell.epoch, 3)} this time.`
        : 'Its evidence stays; after ten more decisions of the category more can be proposed again.',
    ],
    key: { scope: record.cell.scope, scenario: record.cell.scenario, agentId: record.agentId },
  })
}

/** Ends the standing consent of a category, where there is one. */
export async function withdrawConsent(tx: Move, category: string, why: string): Promise<void> {
  const consent = (await tx.promotions.consents()).find((one) => one.category === category)
  if (consent && consent.withdrawnAt === null)
    await tx.promotions.putConsent({ ...consent, withdrawnAt: tx.now, withdrawnWhy: why })
}
