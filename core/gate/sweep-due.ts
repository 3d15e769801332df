import type { DueItem } from '../ports/store.ts'
import { checkAction } from './check-action.ts'
import type { Context } from './dependencies.ts'
import { executeAction } from './execute-action.ts'
import { expireAction } from './expire-action.ts'
import { lapseLease } from './lapse-lease.ts'
import { lookUpAction } from './look-up-action.ts'
import { recallAction } from './recall-action.ts'
import { remindAction } from './remind-action.ts'
import { settleAction } from './settle-action.ts'

type Work = (ctx: Context, workspaceId: DueItem['workspaceId'], actionId: DueItem['actionId']) => Promise<void>

const WORK: Readonly<Record<DueItem['work'], Work>> = {
  check: checkAction,
  remind: remindAction,
  expire: expireAction,
  execute: executeAction,
  lapse: lapseLease,
  look_up: lookUpAction,
  settle: settleAction,
  recall: recallAction,
}

/** A row that is being worked on is not taken by the next sweep; if it takes longer than that, the claim decides. */
const HIDE_MS = 120_000
/** A platform that hangs holds up these many items at most. */
const AT_ONCE = 8

export type Swept = {
  readonly done: number
  readonly failed: readonly { readonly item: DueItem; readonly error: unknown }[]
}

/**
 * Does what is due now, at most `limit` items, some at once. An item that throws is left to a later sweep and reported.
 */
export async function sweepDue(ctx: Context, limit: number): Promise<Swept> {
  const items = await ctx.store.takeDue(limit, HIDE_MS)
  const failed: { item: DueItem; error: unknown }[] = []
  const queue = [...items]
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item; item = queue.shift()) {
      try {
        await WORK[item.work](ctx, item.workspaceId, item.actionId)
      } catch (error) {
        failed.push({ item, error })
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return { done: items.length - failed.length, failed }
}
