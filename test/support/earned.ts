import type { Level } from '../../core/domain/ceiling.ts'
import type { AgentId, MemberId, WorkspaceId } from '../../core/domain/ids.ts'
import { ok } from '../../core/domain/result.ts'
import { startHistory } from '../../core/domain/trust/cell-history.ts'
import { startCell } from '../../core/domain/trust/cell-state.ts'
import { NO_SUMS } from '../../core/domain/trust/day-sums.ts'
import { categoryOfScope } from '../../core/domain/trust/scope-score.ts'
import { dayOf } from '../../core/domain/trust/score-window.ts'
import { firstStanding, give, isFor, type StandingKey } from '../../core/domain/trust/standing.ts'
import { firstScope } from '../../core/domain/trust/trust-book.ts'
import type { Move } from '../../core/gate/dependencies.ts'
import { giveLevel } from '../../core/gate/give-level.ts'
import { versionOf, wordingOf } from '../../core/gate/trust-cell.ts'
import type { Kinds } from '../../core/ports/kind.ts'
import type { Store } from '../../core/ports/store.ts'

export type Earned = {
  readonly workspaceId: WorkspaceId
  readonly kinds: Kinds
  readonly proposers: readonly (AgentId | MemberId)[]
  readonly scope: string
  readonly level: Level
  readonly by: MemberId
  readonly until?: Date
}

const MANY = 400
const MICRO = 1_000_000
/** A score of 92 and more: all approved as it was, quickly enough. */
const SPOTLESS = {
  ...NO_SUMS,
  decisions: MANY,
  approvalQuarters: 4 * MANY,
  qualityQuarterMicros: 4 * MANY * MICRO,
  confidenceQuarterMicros: 4 * MANY * MICRO,
}

/**
 * Lets these proposers have a level in every kind of a scope's category, with a score that allows it, as if they had
 * earned it before: for tests of what a level does. How a level is earned is tested where it is earned.
 */
export async function letEarn(store: Store, earned: Earned): Promise<void> {
  const { workspaceId, kinds, proposers, scope, level, by, until } = earned
  const own = kinds.all.filter(({ category }) => category === categoryOfScope(scope))
  const scenarios = own.length > 0 ? own : kinds.all
  await store.transact<void, never>(workspaceId, async (tx) => {
    await tx.lockControl('configure')
    const { standings } = await tx.snapshot()
    const atMs = tx.now.getTime()
    const keys = proposers.flatMap((agentId) => scenarios.map(({ id: scenario }) => ({ scope, scenario, agentId })))
    const given = keys.map((key) => {
      const before = standings.find((standing) => isFor(standing, key))
      const first = before ?? firstStanding(key, versionOf(plain(key)), 'autonomous', atMs)
      return give(first, { level, byId: by, untilMs: until?.getTime() ?? null }, atMs)
    })
    const [known] = (await tx.trust.readScopes(categoryOfScope(scope))).filter((one) => one.scope.scope === scope)
    const tier = { tier: 'autonomous', best: 'autonomous' } as const
    await tx.trust.write({ standings: given, scopes: known ? [] : [{ ...firstScope(scope, dayOf(atMs)), tier }] })
    for (const key of known ? [] : keys) await tx.trust.write(spotless(key, atMs))
    return ok(undefined)
  })
}

const plain = ({ agentId }: StandingKey) => ({
  // safe: an id of ours, of an agent or a member
  proposerId: agentId as AgentId,
  fingerprint: {},
})

function spotless(key: StandingKey, atMs: number) {
  const agentVersion = versionOf(plain(key))
  const cell = {
    ...key,
    agentVersion,
    wording: wordingOf({ fingerprint: {} }),
    wordingChanges: 0,
    version: 0,
    countedAtMs: atMs,
    history: startHistory(startCell(null)),
  }
  const day = { scenario: key.scenario, agentVersion, wordingChanges: 0, day: dayOf(atMs), sums: SPOTLESS }
  return { cell, day }
}

/** Gives levels as a consent does, with its place in the ledger and without asking what was earned. */
export async function giveInLedger(
  store: Store,
  workspaceId: WorkspaceId,
  keys: readonly (StandingKey & { readonly agentVersion: string })[],
  level: Level,
  by: MemberId,
): Promise<void> {
  await store.transact<void, never>(workspaceId, async (tx) => {
    await tx.lockControl('configure')
    // safe: nothing follows from it after the commit
    for (const key of keys)
      await giveLevel(tx as Move, key, key.agentVersion, { level, byId: by, untilMs: null }, { type: 'granted', by })
    return ok(undefined)
  })
}
