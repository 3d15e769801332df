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

/** Longer than any kind's timeout: a row that is being worked on is not taken by the next sweep. */
const HIDE_MS = 60_000

export type Swept = {
  readonly done: number
  readonly failed: readonly { readonly item: DueItem; readonly error: unknown }[]
}

/**
 * Does what is due now, at most `limit` items, one after the other. An item that throws is left to a later sweep and
 * reported; it never keeps the others waiting.
 */
export async function sweepDue(ctx: Context, limit: number): Promise<Swept> {
  const items = await ctx.store.takeDue(limit, HIDE_MS)
  const failed: { item: DueItem; error: unknown }[] = []
  for (const item of items) {
    try {
      await WORK[item.work](ctx, item.workspaceId, item.actionId)
    } catch (error) {
      failed.push({ item, error })
    }
  }
  return { done: items.length - failed.length, failed }
}
