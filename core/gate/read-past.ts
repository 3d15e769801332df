import type { WorkspaceId } from '../domain/ids.ts'
import type { PastAction, PastStretch } from '../ports/past-actions.ts'
import type { Context } from './dependencies.ts'
import type { LeftOut, Replay } from './replay-action.ts'

/** How far a long reading is. */
export type Progress = { readonly line: 'progress'; readonly done: number; readonly of: number }

/** What is in memory at once; a page is judged in some tens of milliseconds, and others take their turn between two. */
const PAGE = 200

const LEFT_OUT: Readonly<Record<LeftOut, string>> = {
  unknown_kind: 'of a kind that is not installed any more',
  never_read: 'could not be read on the platform, so nobody judged them',
}

/**
 * What was proposed in a stretch, oldest first, a page at a time, each in a transaction of its own: how far it is before
 * the first and after every page. `of`: how many there are in all.
 */
export async function* readPast(
  ctx: Pick<Context, 'store'>,
  workspaceId: WorkspaceId,
  { of, ...stretch }: PastStretch & { readonly of: number },
  judge: (page: readonly PastAction[]) => Promise<void>,
): AsyncGenerator<Progress> {
  let done = 0
  yield { line: 'progress', done, of }
  for (let after = ''; ; ) {
    const page = await ctx.store.read(workspaceId, (tx) => tx.past.page({ ...stretch, after, limit: PAGE }))
    const newest = page.at(-1)
    if (!newest) break
    await judge(page)
    after = newest.action.id
    done += page.length
    yield { line: 'progress', done, of }
    if (page.length < PAGE) break
  }
}

/** Drops what no rule looks back to any more once this page is judged. */
export function forgetBefore({ use, records }: Replay, page: readonly PastAction[]): void {
  const newest = page.at(-1)
  if (newest) use.forget(newest.payload.at)
  records.forget()
}

/** Past actions that say nothing about a policy, and why. */
export const leftOutWords = (leftOut: ReadonlyMap<LeftOut, number>) =>
  [...leftOut].map(([why, actions]) => ({ why: LEFT_OUT[why], actions }))
