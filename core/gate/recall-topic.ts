import { IN_FLIGHT, isInFlight } from '../domain/action-states.ts'
import type { ActionId, WorkspaceId } from '../domain/ids.ts'
import { ok } from '../domain/result.ts'
import { type Context, transactOn } from './dependencies.ts'
import { returnToWaiting } from './return-to-waiting.ts'
import { frozenTopic, topicNote } from './switch-reach.ts'

const PAGE = 200

/**
 * Sends everything in flight that mentions a frozen topic back to waiting, each in a transaction of its own; what is
 * missed because the process ends goes back at its claim. Returns how many.
 */
export async function recallTopics(ctx: Context, workspaceId: WorkspaceId): Promise<number> {
  let recalled = 0
  let before: ActionId | undefined
  for (;;) {
    const query = { states: IN_FLIGHT, limit: PAGE, ...(before ? { before } : {}) }
    const { page, frozen } = await ctx.store.read(workspaceId, async (tx) => {
      const snapshot = await tx.snapshot()
      const found = await tx.listActions(query)
      return { page: found, frozen: found.filter(({ payload }) => frozenTopic(snapshot, payload) !== null) }
    })
    for (const { action } of frozen) recalled += await recallOne(ctx, workspaceId, action.id)
    before = page.at(-1)?.action.id
    if (page.length < PAGE) return recalled
  }
}

async function recallOne(ctx: Context, workspaceId: WorkspaceId, id: ActionId): Promise<number> {
  const result = await transactOn<number, never>(ctx, workspaceId, id, async (tx) => {
    const stored = await tx.loadToMove(id)
    const frozen = stored && frozenTopic(await tx.snapshot(), stored.payload)
    if (!stored || !frozen || !isInFlight(stored.state.state)) return ok(0)
    const why = { type: 'recalled' as const, note: topicNote(frozen), differences: [], preflight: [] }
    return ok((await returnToWaiting(ctx, tx, stored, why)) ? 1 : 0)
  })
  return result.ok ? result.value : 0
}
