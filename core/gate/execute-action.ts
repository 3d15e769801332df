import { isInFlight } from '../domain/action-states.ts'
import { differencesBetween } from '../domain/differences.ts'
import type { Difference } from '../domain/differences.ts'
import type { ActionId, WorkspaceId } from '../domain/ids.ts'
import { covers } from '../domain/switches.ts'
import { ok } from '../domain/result.ts'
import type { Call, Facts, Kind } from '../ports/kind.ts'
import type { PlatformError, Session } from '../ports/platform.ts'
import type { ExecutionRow, StoredAction } from '../ports/rows.ts'
import { askJudge } from './ask-judge.ts'
import { readFacts } from './check-action.ts'
import { claimExecution, type LastLook } from './claim-execution.ts'
import { type Context, transact } from './dependencies.ts'
import { lostRuns } from './lost-attempt.ts'
import { sessionOf } from './open-session.ts'
import { recordReceipt, releaseClaim } from './record-receipt.ts'
import { returnToWaiting } from './return-to-waiting.ts'
import { refuseBeforeSending } from './refuse-before-sending.ts'
import { readRecipients } from './read-recipients.ts'
import { type Ready, takeTurn } from './take-turn.ts'

/** A claim is sent within a second, or given back: what was checked must not grow old before it goes out. */
const SEND_WITHIN_MS = 1000

/**
 * Carries out an action whose time has come: takes the rate token, reads the platform once more, claims in one
 * transaction, sends, writes the receipt. Safe to call at any time and from several places: whatever is not due,
 * frozen or already claimed is left alone, and of two callers one wins the claim.
 */
export async function executeAction(ctx: Context, workspaceId: WorkspaceId, id: ActionId): Promise<void> {
  const ready = await findDue(ctx, workspaceId, id)
  if (ready) await executeReady(ctx, ready)
}

/** The same from where its turn was taken, for whoever took it in the transaction that let it run. */
export async function executeReady(ctx: Context, ready: Ready): Promise<void> {
  const { stored, kind } = ready
  const { id, workspaceId } = stored.action
  // Before the last look, which must not grow old: an edit may have changed the text since it was judged.
  await askJudge(ctx, workspaceId, id)
  const looked = await lookBefore(ctx, ready)
  if (looked.kind === 'failed') return await refuseBeforeSending(ctx, stored, looked.error)
  if (looked.kind === 'changed') return await returnChanged(ctx, stored, kind, looked.facts, looked.differences)
  if (looked.kind === 'hindered') {
    const note = 'Something on the platform has to be mended first.'
    await transact(ctx, workspaceId, async (tx) => {
      await tx.lockControl('move')
      await returnToWaiting(ctx, tx, stored, {
        type: 'preflight_failed',
        note,
        differences: [],
        preflight: looked.problems,
      })
      return ok(undefined)
    })
    return
  }
  let checkedMs = 0
  let call: Call = { key: id }
  const claim = await claimExecution(ctx, stored, kind, looked, (only) => {
    checkedMs = ctx.monotonicMs()
    if (only !== null) call = { key: id, only }
  })
  if (!claim) return
  if (ctx.monotonicMs() - checkedMs > SEND_WITHIN_MS) return await releaseClaim(ctx, claim)
  const answer = await kind.run(claim.payload.input, looked.before, looked.session, call)
  await recordReceipt(ctx, claim, kind, answer)
}

async function findDue(ctx: Context, workspaceId: WorkspaceId, id: ActionId): Promise<Ready | null> {
  const result = await transact<Ready | null, never>(ctx, workspaceId, async (tx) => {
    const stored = await tx.loadAction(id)
    if (!stored || !isInFlight(stored.state.state)) return ok(null)
    if (stored.state.runAt === null || stored.state.runAt > tx.now) return ok(null)
    const { switches } = await tx.snapshot()
    if (switches.some(({ target }) => covers(target, stored.action))) return ok(null)
    const turn = await takeTurn(ctx, tx, stored)
    if (typeof turn !== 'number') return ok(turn && { stored, ...turn })
    await tx.postpone(id, stored.state.version, new Date(tx.now.getTime() + turn))
    return ok(null)
  })
  return result.ok ? result.value : null
}

type Looked =
  | ({ readonly kind: 'clear'; readonly session: Session } & LastLook)
  | { readonly kind: 'failed'; readonly error: PlatformError }
  | { readonly kind: 'changed'; readonly facts: Facts; readonly differences: readonly Difference[] }
  | { readonly kind: 'hindered'; readonly problems: readonly string[] }

/** The last look before the claim: what it binds, what stands in the way, what is there now (for undo). */
async function lookBefore(ctx: Context, { stored, kind, connection, takenAt }: Ready): Promise<Looked> {
  const { action, payload } = stored
  const session = sessionOf(ctx, connection)
  if (!session.ok) return { kind: 'failed', error: session.error }
  const lost = await lostAttempt(ctx, stored)
  const found = lost && (await kind.lookUp(payload.input, lost.before, session.value, { key: action.id }))
  if (found && !found.ok) return { kind: 'failed', error: found.error }
  const there = { kind: 'clear', session: session.value, since: takenAt } as const
  if (lost && found?.value.found) return { ...there, before: lost.before, facts: null, toReach: null }
  const facts = await readFacts(ctx, stored, kind)
  if (!facts.ok) return { kind: 'failed', error: facts.error }
  const differences = facts.value ? differencesBetween(payload.facts?.bound ?? [], facts.value.bound) : []
  if (facts.value && differences.length > 0) return { kind: 'changed', facts: facts.value, differences }
  const problems = await kind.preflight(payload.input, session.value)
  if (!problems.ok) return { kind: 'failed', error: problems.error }
  if (problems.value.length > 0) return { kind: 'hindered', problems: problems.value }
  const toReach = await readRecipients(ctx, stored, kind, session.value)
  if (!toReach.ok) return { kind: 'failed', error: toReach.error }
  const read = { ...there, facts: facts.value, toReach: toReach.value }
  // Half of the lost attempt may have happened: an undo has to lead back to before it, not to our own half.
  if (lost) return { ...read, before: lost.before }
  const before = await kind.beforeState(payload.input, session.value)
  return before.ok ? { ...read, before: before.value } : { kind: 'failed', error: before.error }
}

/**
 * The first attempt whose answer was lost; null: none was. If it did happen, the platform shows our own work by now,
 * which is neither a change by somebody else nor the state that an undo would come back to.
 */
async function lostAttempt(ctx: Context, { action, state }: StoredAction): Promise<ExecutionRow | null> {
  if (state.attempt === 0) return null
  const runs = await ctx.store.read(action.workspaceId, (tx) => tx.listExecutions([action.id]))
  return lostRuns(runs)[0] ?? null
}

/** What is on the platform is no longer what was approved: back to a person, with the difference named. */
async function returnChanged(
  ctx: Context,
  stored: StoredAction,
  kind: Kind,
  facts: Facts,
  differences: readonly Difference[],
): Promise<void> {
  await askJudge(ctx, stored.action.workspaceId, stored.action.id, facts)
  await transact(ctx, stored.action.workspaceId, async (tx) => {
    await tx.lockControl('move')
    const names = differences.map(({ label }) => label.toLowerCase()).join(', ')
    const note = `It was changed on the platform after the decision (${names}), so it did not go out. Look again and decide.`
    await returnToWaiting(ctx, tx, stored, {
      type: 'drifted',
      note,
      differences,
      preflight: [],
      facts: { kind, facts },
    })
    return ok(undefined)
  })
}
