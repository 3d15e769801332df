import type { AgentId } from '../domain/ids.ts'
import { nextQuarterlyReview } from '../rules/calendar.ts'
import type { PromotionRow } from '../ports/promotions.ts'
import type { Transaction } from '../ports/transaction.ts'
import type { Dossier, PromotionView } from './promotion-views.ts'
import { LEVEL_WORDS, scenarioWords, scopeWords } from './trust-words.ts'

/** A proposed raise as every door shows it. */
export async function describePromotion(tx: Transaction, row: PromotionRow): Promise<PromotionView> {
  // safe, both: written by proposePromotion
  const [agentId, dossier] = [row.agentId as AgentId, row.dossier as unknown as Dossier]
  const [agent, by, { workspace }] = await Promise.all([
    tx.loadAgent(agentId),
    row.byId ? tx.loadMember(row.byId) : null,
    tx.snapshot(),
  ])
  const name = agent?.name ?? agentId
  return {
    id: row.id,
    state: row.state,
    version: row.version,
    scope: row.scope,
    scenario: row.scenario,
    agent: { id: agentId, name },
    to: row.toLevel,
    title: `${scopeWords(row.scope)}, ${scenarioWords(row.scenario)}: let ${name} ${LEVEL_WORDS[row.toLevel].split(',')[0]?.split(';')[0] ?? ''}?`,
    says: `${name} may then ${LEVEL_WORDS[row.toLevel]}, for ${scenarioWords(row.scenario)} in ${scopeWords(row.scope)}.`,
    dossier,
    openedAt: row.openedAt,
    until: nextQuarterlyReview(row.endedAt ?? tx.now, workspace.timeZone),
    endedAt: row.endedAt,
    by: by?.name ?? null,
    reason: row.reason,
  }
}
