import type { WorkspaceId } from '../domain/ids.ts'
import type { Unsealed } from '../ports/ledger.ts'
import type { Context } from './dependencies.ts'
import { after, highest, makeSeal, type Obstacle, obstacleIn } from './make-seal.ts'

/** Events a batch at most: what one transaction holds in memory. */
const MOST_EVENTS = 5000

export type Sealing = {
  readonly batches: number
  readonly events: number
  /** How long the oldest event that is still not sealed has been waiting, in milliseconds; 0: none waits. */
  readonly lagMs: number
  /** Workspaces where nothing is sealed until an owner adopts the ledger. */
  readonly obstacles: readonly { readonly workspaceId: WorkspaceId; readonly obstacle: Obstacle }[]
}

/**
 * Seals what is complete, workspace by workspace. Any number of processes may do it at once: of two that make the same
 * seal one is stored. What a transaction that is still open wrote waits for the next time.
 */
export async function sealLedger(ctx: Context): Promise<Sealing> {
  const { ledger } = ctx.store
  let batches = 0
  let events = 0
  const obstacles: { workspaceId: WorkspaceId; obstacle: Obstacle }[] = []
  for (const { workspaceId } of await ledger.unsealed()) {
    const sealed = await sealWorkspace(ctx, workspaceId)
    batches += sealed.batches
    events += sealed.events
    if (sealed.obstacle) obstacles.push({ workspaceId, obstacle: sealed.obstacle })
  }
  const now = await ctx.store.databaseNow()
  const waiting = (await ledger.unsealed()).map(({ oldestAt }) => now.getTime() - oldestAt.getTime())
  return { batches, events, obstacles, lagMs: Math.max(0, ...waiting) }
}

async function sealWorkspace(ctx: Context, workspaceId: WorkspaceId) {
  const done: { batches: number; events: number; obstacle: Obstacle | null } = { batches: 0, events: 0, obstacle: null }
  for (;;) {
    let count = 0
    const stored = await ctx.store.ledger.seal(workspaceId, MOST_EVENTS, (unsealed) => {
      done.obstacle = unsealed.wentBack ? 'count_went_back' : obstacleIn(unsealed.last, ctx.ledgerKey)
      count = done.obstacle ? 0 : unsealed.events.length
      return count === 0 ? null : nextSeal(ctx, workspaceId, unsealed)
    })
    // Another process was first; it goes on with the rest.
    if (count === 0 || !stored) return done
    done.batches += 1
    done.events += count
    if (count < MOST_EVENTS) return done
  }
}

function nextSeal({ ledgerKey }: Context, workspaceId: WorkspaceId, { events, last, now, horizon }: Unsealed) {
  const chain = after(last)
  const newest = events.at(-1)
  return makeSeal(ledgerKey, events, {
    workspace: workspaceId,
    ...chain,
    last: newest ? { era: chain.last.era, tx: newest.tx, id: newest.id } : chain.last,
    highestId: highest(events, chain.highestId),
    horizon,
    at: now.toISOString(),
    adoption: null,
  })
}
