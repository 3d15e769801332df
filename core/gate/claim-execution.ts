import type { Json } from '../domain/canonical.ts'
import { ok } from '../domain/result.ts'
import { covers } from '../domain/switches.ts'
import { isStricter } from '../domain/verdict.ts'
import type { Kind } from '../ports/kind.ts'
import type { StoredAction } from '../ports/store.ts'
import { type Context, type Move, sha256, transact } from './dependencies.ts'
import { type Evaluated, evaluateAction } from './evaluate-action.ts'
import { moveAction } from './move-action.ts'
import { type Return, returnToWaiting } from './return-to-waiting.ts'

/**
 * The claim: one transaction in which stop, epochs, expiry, verdict and budget are checked once more and the action
 * becomes `executing` with a lease. It holds the control rows for share, so that a stop either sees the claim or
 * prevents it. Null: somebody else claimed it, it is stopped, or it went back to a person.
 */
export async function claimExecution(
  ctx: Context,
  seen: StoredAction,
  kind: Kind,
  before: Json,
): Promise<StoredAction | null> {
  const result = await transact<StoredAction | null, never>(ctx, seen.action.workspaceId, async (tx) => {
    await tx.lockControl('move')
    const stored = await tx.loadAction(seen.action.id)
    if (!stored || stored.state.version !== seen.state.version) return ok(null)
    const { action, payload, state } = stored
    const snapshot = await tx.snapshot()
    if (snapshot.switches.some(({ target }) => covers(target, action))) return ok(null)
    if (state.expiresAt !== null && state.expiresAt <= tx.now) return ok(null)
    const proposed = {
      kind,
      connectionId: action.connectionId,
      category: action.category,
      input: payload.input,
      facts: payload.facts,
      slotAt: action.slotAt,
    }
    const evaluated = evaluateAction(ctx, snapshot, proposed, tx.now)
    const objection = await objectionTo(tx, stored, evaluated, snapshot.control.epoch)
    if (objection) {
      await returnToWaiting(ctx, tx, stored, { differences: [], preflight: [], ...objection })
      return ok(null)
    }
    const attempt = state.attempt + 1
    const leaseUntil = new Date(tx.now.getTime() + 2 * kind.timeoutMs)
    const budgetWindow = state.budgetWindow === null ? null : evaluated.budgetWindow
    const claimed = await moveAction(
      tx,
      stored,
      { state: 'executing', attempt, leaseUntil, runAt: null, expiresAt: null, budgetWindow, remark: null },
      { type: 'claimed', by: 'gate', body: { attempt } },
    )
    await tx.insertExecution({
      actionId: action.id,
      attempt,
      direction: 'do',
      state: 'running',
      before,
      requestDigest: sha256(`${payload.hash ?? ''}:${attempt}`),
      startedAt: tx.now,
      leaseUntil,
      finishedAt: null,
      receipt: null,
      error: null,
    })
    return ok(claimed)
  })
  return result.ok ? result.value : null
}

type Objection = Pick<Return, 'type' | 'note'>

/** Why it may not go out as it was decided; null: it may. Locks the budget row of the day of dispatch. */
async function objectionTo(
  tx: Move,
  { state }: StoredAction,
  evaluated: Evaluated,
  epoch: number,
): Promise<Objection | null> {
  if (state.workspaceEpoch !== epoch || state.scopeEpoch !== evaluated.scopeEpoch) {
    return {
      type: 'recalled',
      note: 'The rules or the level for this changed after the decision. Look again and decide.',
    }
  }
  const rebook =
    state.budgetWindow !== null && evaluated.budgetWindow !== null && state.budgetWindow !== evaluated.budgetWindow
  const row = rebook && evaluated.budgetWindow !== null ? await tx.lockBudget(evaluated.budgetWindow) : null
  const { verdict } = evaluated.judge(row)
  if (!isStricter(verdict.outcome, state.acceptedOutcome ?? 'pass')) return null
  const text = verdict.reasons[0]?.text ?? 'A guardrail is stricter now.'
  return { type: rebook && row ? 'over_budget' : 'stricter', note: `It did not go out: ${text}` }
}
