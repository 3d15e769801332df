import { createHmac } from 'node:crypto'
import type { WorkspaceId } from '../domain/ids.ts'
import { ok } from '../domain/result.ts'
import {
  AUDITS_PER_WEEK,
  auditsOfWeek,
  type DrawnAction,
  isDrawn,
  type KeyedDigest,
} from '../domain/trust/audit-draw.ts'
import { isFor } from '../domain/trust/standing.ts'
import { weekBefore } from '../rules/calendar.ts'
import type { RanHigh } from '../ports/trust-evidence.ts'
import { type Context, transact } from './dependencies.ts'
import { policyOfCell } from './policy-that-holds.ts'
import { tellPeople } from './tell-people.ts'
import { versionOf } from './trust-cell.ts'
import { scenarioWords, scopeWords } from './trust-words.ts'

const SETTLED_AFTER_MS = 26 * 3_600_000

/**
 * Draws by lot, once a week, what of last week's work at levels 4 and 5 a person is asked to look at: a keyed hash of the
 * action's id that no agent can foresee, within the workspace's budget, riskier work more likely. Section 7.
 */
export async function drawAudits(ctx: Context, workspaceId: WorkspaceId): Promise<void> {
  const { ran, week } = await ctx.store.read(workspaceId, async (tx) => {
    const { workspace } = await tx.snapshot()
    // A day later, when the window of the last is closed, too: of one week there is one draw.
    const { startsAt, endsAt } = weekBefore(new Date(tx.now.getTime() - SETTLED_AFTER_MS), workspace.timeZone)
    const named = startsAt.toISOString().slice(0, 10)
    const isDone = (await tx.promotions.lastTold('audit', `${named}/`)) !== null
    return { ran: isDone ? [] : await tx.evidence.ranHigh(startsAt, endsAt), week: named }
  })
  if (ran.length === 0) return
  await transact<void, never>(ctx, workspaceId, async (tx) => {
    const [snapshot, all] = await Promise.all([tx.snapshot(), tx.trust.readScopes(null)])
    const cells = all.flatMap((one) => one.cells)
    const key = ctx.secrets.derive(`audit-draw:${workspaceId}`)
    const isDoubled = (one: RanHigh): boolean => {
      const agentVersion = versionOf({ proposerId: agentOf(one), fingerprint: one.fingerprint })
      const cell = cells.find((known) => isFor(known, one) && known.agentVersion === agentVersion)
      return (cell?.history.cell.doubledAudits ?? 0) > 0
    }
    const drawn = ran
      .map((one) => ({ one, digest: digestOf(key, one.actionId) }))
      .filter(({ one, digest }) => isDrawn(digest, isDoubled(one)))
      .map(({ one, digest }) => ({
        id: one.actionId,
        digest,
        risk: ctx.kinds.get(one.kindId)?.risk ?? 'high',
        perWeek: policyOfCell(ctx, snapshot, one).policy.audits_per_week ?? AUDITS_PER_WEEK,
      }))
    const chosen = new Set<string>(chosenOf(drawn).map(({ id }) => id))
    for (const one of ran.filter(({ actionId }) => chosen.has(actionId))) {
      const { scope, scenario, agentId, actionId } = one
      await tellPeople(ctx, tx, 'audit', `${week}/${actionId}`, {
        title: `Drawn by lot: ${one.title}`,
        lines: [
          `It ran by itself last week: ${scopeWords(scope)}, ${scenarioWords(scenario)}.`,
          'It is drawn whatever it looks like. Your answer counts; if you leave it, it stays unjudged.',
        ],
        key: { scope, scenario, agentId },
        actionId,
      })
    }
    return ok(undefined)
  })
}

/**
 * Of each policy that holds somewhere as many as it says, and of all together as many as the one that asks for the most: a
 * workspace has one budget, and a trial raises it for itself alone.
 */
function chosenOf<T extends DrawnAction & { readonly perWeek: number }>(drawn: readonly T[]): readonly DrawnAction[] {
  const budgets = [...new Set(drawn.map(({ perWeek }) => perWeek))]
  const each = budgets.flatMap((budget) =>
    auditsOfWeek(
      drawn.filter(({ perWeek }) => perWeek === budget),
      budget,
    ),
  )
  return auditsOfWeek(each, Math.max(0, ...budgets))
}

export const digestOf = (key: string, actionId: string): KeyedDigest =>
  createHmac('sha256', key).update(actionId).digest('hex')

// safe: an id of ours, read from an agent's action
const agentOf = ({ agentId }: RanHigh) => agentId as Parameters<typeof versionOf>[0]['proposerId']
