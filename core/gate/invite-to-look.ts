import { categoryWords } from '../domain/category.ts'
import type { WorkspaceId } from '../domain/ids.ts'
import { ok } from '../domain/result.ts'
import { isInvitationDue } from '../domain/trust/dependency.ts'
import { categoryOfScope, knownCategory } from '../domain/trust/scope-score.ts'
import { ALL } from '../domain/trust/standing.ts'
import { type Context, transact } from './dependencies.ts'
import { tellPeople } from './tell-people.ts'

const CYCLE_DAYS = 90
const MS_PER_DAY = 86_400_000

/** Invites people to look at what has run wholly without them for 90 days: once in a cycle. Section 7. */
export async function inviteToLook(ctx: Context, workspaceId: WorkspaceId): Promise<void> {
  const alone = await ctx.store.read(workspaceId, async (tx) =>
    (await tx.snapshot()).standings.some(({ level, agentId }) => agentId !== ALL && level >= 4),
  )
  if (!alone) return
  await transact<void, never>(ctx, workspaceId, async (tx) => {
    const { standings } = await tx.snapshot()
    const high = standings.filter(({ level, agentId }) => agentId !== ALL && level >= 4)
    for (const category of new Set(high.map(({ scope }) => categoryOfScope(scope)))) {
      const since = new Date(tx.now.getTime() - CYCLE_DAYS * MS_PER_DAY)
      const { daysSinceManual, actions, handledAlone, versions } = await tx.evidence.engagement(category, since)
      const last = await tx.promotions.lastTold('invitation', `${category}/`)
      const engagement = {
        daysSinceManual,
        actions,
        handledAlone,
        hasVariation: versions > 1,
        daysSinceInvitation: last && Math.floor((tx.now.getTime() - last.getTime()) / MS_PER_DAY),
      }
      if (!isInvitationDue(engagement)) continue
      const known = knownCategory(category)
      const words = known ? categoryWords(known) : category
      const day = tx.now.toISOString().slice(0, 10)
      await tellPeople(ctx, tx, 'invitation', `${category}/${day}`, {
        title: `Have a look at your ${words}?`,
        category,
        lines: [
          `All ${actions} of the last 90 days ran without anybody's hand. Nothing is wrong; a look now and then keeps you in the picture.`,
          'If you leave it, nothing changes, and you are not asked again for 90 days.',
        ],
      })
    }
    return ok(undefined)
  })
}
