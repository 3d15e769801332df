import { categoryWords } from '../domain/category.ts'
import type { WorkspaceId } from '../domain/ids.ts'
import { ok } from '../domain/result.ts'
import { categoryOfScope, knownCategory } from '../domain/trust/scope-score.ts'
import { type Context, transact } from './dependencies.ts'
import { APPROVALS } from './gather-evidence.ts'
import { theatreOf } from './reviewers.ts'
import { tellPeople } from './tell-people.ts'

const AGAIN_AFTER_DAYS = 30
const MS_PER_DAY = 86_400_000

/**
 * Says plainly where approvals come faster than their texts can be read, and what makes them fewer: once in 30 days a
 * category, and without a name, since it is read by everybody. Section 4.4.
 */
export async function tellTheatre(ctx: Context, workspaceId: WorkspaceId): Promise<void> {
  const found = await ctx.store.read(workspaceId, async (tx) => {
    const categories = [...new Set((await tx.trust.scopes()).map(categoryOfScope))]
    const theatres: string[] = []
    for (const category of categories) {
      const last = await tx.promotions.lastTold('theatre', `${category}/`)
      if (last !== null && tx.now.getTime() - last.getTime() < AGAIN_AFTER_DAYS * MS_PER_DAY) continue
      if (theatreOf(await tx.evidence.approvals(category, APPROVALS)).length > 0) theatres.push(category)
    }
    return theatres
  })
  for (const category of found) await tell(ctx, workspaceId, category)
}

async function tell(ctx: Context, workspaceId: WorkspaceId, category: string): Promise<void> {
  const known = knownCategory(category)
  const words = known ? categoryWords(known) : category
  await transact<void, never>(ctx, workspaceId, async (tx) => {
    const month = Math.floor(tx.now.getTime() / (AGAIN_AFTER_DAYS * MS_PER_DAY))
    await tellPeople(ctx, tx, 'theatre', `${category}/${month}`, {
      title: `Approvals of ${words} come faster than they can be read`,
      category,
      lines: [
        'Of one reviewer more than three in ten of their last approvals came before the text could have been read.',
        'Such approvals prove nothing, so no more autonomy is proposed here meanwhile; nothing else changes.',
        'Are they too many? An admin can narrow what the agent may propose, and how often.',
      ],
    })
    return ok(undefined)
  })
}
