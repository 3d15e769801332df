import type { WorkspaceId } from '../domain/ids.ts'
import { ok } from '../domain/result.ts'
import type { Redacted } from '../ports/people.ts'
import { type Context, type Move, transact } from './dependencies.ts'
import { tellLedger } from './record-consents.ts'

/**
 * Takes the words out of what named somebody who was forgotten while it was in flight, once it has ended: nobody stays
 * because an action had not.
 */
export async function eraseEnded(ctx: Context, workspaceId: WorkspaceId): Promise<void> {
  if (!(await ctx.store.read(workspaceId, (tx) => tx.people.hasEnded()))) return
  await transact<void, never>(ctx, workspaceId, async (tx) => {
    await tx.people.lock()
    const redacted = await tx.people.redactEnded()
    const { actions, plans } = redacted
    if (actions + plans === 0) return ok(undefined)
    await tellLedger(ctx, tx, 'ended_erased', { by: 'gate', actions, plans })
    await redrawErased(tx, redacted)
    return ok(undefined)
  })
}

/** The cards that are still in a channel say that it was erased. */
export async function redrawErased(tx: Move, { shown }: Pick<Redacted, 'shown'>): Promise<void> {
  const { workspace } = await tx.snapshot()
  if (workspace.approvalsChannel === '') return
  for (const subject of shown) await tx.enqueue({ queue: 'card', workspaceId: tx.workspaceId, subject })
}
