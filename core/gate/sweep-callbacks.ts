import type { Context } from './dependencies.ts'
import { sendCallback } from './send-callback.ts'

/** Longer than an attempt may take; a delivery whose process died is tried again after that. */
const HIDE_MS = 120_000
const KEPT_MS = 30 * 86_400_000

export type SweptCallbacks = { readonly done: number; readonly failed: readonly unknown[] }

/** Sends what is due, at most `limit` at once, so that one address that hangs holds up no other for long. */
export async function sweepCallbacks(ctx: Context, limit: number): Promise<SweptCallbacks> {
  const due = await ctx.store.takeDueCallbacks(limit, HIDE_MS)
  const sent = await Promise.allSettled(due.map(({ workspaceId, id }) => sendCallback(ctx, workspaceId, id)))
  const failed = sent.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))
  return { done: due.length - failed.length, failed }
}

/** Forgets deliveries after 30 days; returns how many. */
export const forgetCallbacks = (ctx: Context): Promise<number> => ctx.store.forgetCallbacks(KEPT_MS)
