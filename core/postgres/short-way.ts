import type { WorkspaceId } from '../domain/ids.ts'
import type { LookUps } from '../ports/look-ups.ts'
import type { Transaction } from '../ports/transaction.ts'
import type { Database } from './database.ts'
import type { KnownTime } from './known-time.ts'
import { tokenRows } from './rate-limits.ts'
import type { Snapshots } from './snapshot.ts'
import type { Became, Work } from './together.ts'
import type { TimeOf } from './transaction.ts'
import { createWrites, mergeParts, refuseToFlush } from './writes.ts'

/** Thrown by what the short way does not offer: this work has to go the long way. */
class LongWay extends Error {}

const PROPOSE = 'select * from tenure_propose($1::jsonb)'
/** What was known is not so any more; nothing was written. */
const NOT_SO = 'TE003'

export type ShortWay = {
  readonly database: Database
  readonly timeOf: TimeOf
  readonly snapshots: Snapshots
  readonly time: KnownTime
}

/**
 * Judges works on what is known (time, configuration, room in budgets) and writes them in one statement that checks
 * that it is still so. Null for each that has to go the long way; then nothing of it was written.
 */
export async function goShortWay(deps: ShortWay, works: readonly Work[]): Promise<readonly (Became | null)[]> {
  const heard = deps.time.now()
  const known = new Map(
    [...new Set(works.map(({ workspaceId }) => workspaceId))].map((id) => [id, deps.snapshots.kept(id)]),
  )
  if (heard === null) return works.map(() => null)
  const installation = Math.max(...[...known.values()].map((kept) => kept?.installation ?? 0))
  const now = deps.timeOf(heard)
  const ran = await Promise.all(
    works.map(async (work) => {
      const configuration = known.get(work.workspaceId)
      // The statement compares one version of the installation: what was kept under an older one is not compared at all.
      if (!configuration || configuration.installation !== installation) return null
      const room: Room[] = []
      const unrejected: Unrejected[] = []
      const writes = createWrites(work.workspaceId, now, refuseToFlush)
      const offered: Partial<Transaction> = {
        ...writes.writing,
        now,
        workspaceId: work.workspaceId,
        snapshot: () => Promise.resolve(configuration.snapshot),
        // A key that was used before shows in the statement.
        findByKey: () => Promise.resolve(null),
        hasRoom: (window, _amountMinor, limit) => {
          room.push({ workspace_id: work.workspaceId, window, limit })
          return Promise.resolve(true)
        },
        lookUps: onlyWhat<LookUps>({
          hasNoRejection: (digests, days) => {
            unrejected.push({ workspace_id: work.workspaceId, digests, days })
            return Promise.resolve(true)
          },
        }),
      }
      try {
        const result = await work.run(onlyWhat(offered), null)
        // A refusal has to know first whether the key was used before.
        return result.ok ? { work, result, room, unrejected, parts: writes.take() } : null
      } catch (error) {
        if (error instanceof LongWay) return null
        throw error
      }
    }),
  )
  const going = ran.filter((one) => one !== null)
  if (going.length === 0) return works.map(() => null)
  const parts = mergeParts(going.map((one) => one.parts))
  const versions = [...known].flatMap(([id, kept]) =>
    kept
      ? [{ workspace_id: id, version: kept.snapshot.control.version, standings: kept.snapshot.control.standings }]
      : [],
  )
  const taken = await propose(deps, {
    workspaces: versions.map(({ workspace_id }) => workspace_id).join(','),
    at: now,
    now_ms: heard.getTime(),
    versions: [...versions, { workspace_id: '*', version: installation }],
    tokens: tokenRows(going.map(({ work }) => ({ workspaceId: work.workspaceId, ...work.asks.token, count: 1 }))),
    room: going.flatMap((one) => one.room),
    unrejected: going.flatMap((one) => one.unrejected),
    parts,
  })
  return ran.map((one): Became | null => {
    if (one === null || taken === null) return null
    const lost = one.parts.actions?.some(({ id }) => taken.includes(String(id))) ?? false
    return lost ? { kind: 'again', spent: true } : { kind: 'done', result: one.result }
  })
}

/** Whatever is asked of it, by whatever name, it refuses. */
const refuse: object = new Proxy(() => Promise.reject(new LongWay()), {
  get: (_target, name) => (name === 'then' ? undefined : refuse),
})

/** A transaction that sends whoever asks for more the long way. */
function onlyWhat<T extends object = Transaction>(offered: Partial<T>): T {
  // safe: what is missing is a method, and rejects
  return new Proxy(offered, {
    // Nobody may take it for a promise.
    get: (target, name) => Reflect.get(target, name) ?? (name === 'then' ? undefined : refuse),
  }) as T
}

type Unrejected = { readonly workspace_id: WorkspaceId; readonly digests: readonly string[]; readonly days: number }
type Room = { readonly workspace_id: WorkspaceId; readonly window: string; readonly limit: number }

/** The actions whose key was taken; null: what was known is not so. */
async function propose(deps: ShortWay, what: object): Promise<readonly string[] | null> {
  try {
    const [row] = await deps.database.run(PROPOSE, [JSON.stringify(what)])
    if (typeof row?.['now_ms'] === 'number') deps.time.heard(row['now_ms'])
    // safe: the function answers a list of ids
    return (row?.['taken'] ?? []) as readonly string[]
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === NOT_SO) return null
    throw error
  }
}
