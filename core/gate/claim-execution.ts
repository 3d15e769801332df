import type { Json } from '../domain/canonical.ts'
import { ok } from '../domain/result.ts'
import { covers } from '../domain/switches.ts'
import { isStricter, type Verdict } from '../domain/verdict.ts'
import type { Kind } from '../ports/kind.ts'
import type { StoredAction } from '../ports/store.ts'
import { type Context, sha256, transact } from './dependencies.ts'
import { evaluateAction } from './evaluate-action.ts'
import { judgeInBudget } from './judge-in-budget.ts'
import { moveAction } from './move-action.ts'
import { isOutdated, recallStored } from './recall-action.ts'
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
    if (isOutdated(state, snapshot, evaluated)) {
      await recallStored(ctx, tx, stored, snapshot, evaluated)
      return ok(null)
    }
    const verdict = await judgeInBudget(tx, state, evaluated)
    if (isStricter(verdict.outcome, state.acceptedOutcome ?? 'pass')) {
      await returnToWaiting(ctx, tx, stored, { ...objectionOf(verdict), differences: [], preflight: [], verdict })
      return ok(null)
    }
    const attempt = state.attempt + 1
    const leaseUntil = new Date(tx.now.getTime() + 2 * kind.timeoutMs)
    // The money moves to the day of dispatch.
    const { budgetWindow, amountMinor } = evaluated
    const claimed = await moveAction(
      tx,
      stored,
      { state: 'executing', attempt, leaseUntil, runAt: null, budgetWindow, amountMinor, remark: null },
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

function objectionOf({ reasons }: Verdict): Pick<Return, 'type' | 'note'> {
  const [first] = reasons
  return {
    type: first?.rule.startsWith('budget.') ? 'over_budget' : 'stricter',
    note: `It did not go out: ${first?.text ?? 'a guardrail is stricter now.'}`,
  }
}
