import type { Difference } from '../domain/differences.ts'
import { withoutPassedSlot } from '../domain/timing.ts'
import type { Facts, Kind } from '../ports/kind.ts'
import type { StoredAction } from '../ports/rows.ts'
import type { Context, Move } from './dependencies.ts'
import { evaluateAction } from './evaluate-action.ts'
import { findOutFirst } from './find-out-first.ts'
import { judgedAnew } from './judged-anew.ts'
import { type JudgedNow, judgeNow } from './judge-now.ts'
import { moveAction } from './move-action.ts'
import { waitingClocks } from './place-proposal.ts'
import { policyThatHolds } from './policy-that-holds.ts'
import { written } from './written.ts'

export type Return = {
  readonly type: 'recalled' | 'drifted' | 'stricter' | 'preflight_failed' | 'over_budget' | 'connection_lost'
  /** Why, in a sentence for the card. */
  readonly note: string
  readonly differences: readonly Difference[]
  readonly preflight: readonly string[]
  /** Where the day's budget was part of it; absent: the guardrails without it. */
  readonly judged?: JudgedNow
  /** What is on the platform now, where that is what changed: it becomes part of the payload that waits. */
  readonly facts?: { readonly kind: Kind; readonly facts: Facts }
}

/**
 * Sends what was decided back to a person, with everything intact: evaluated against the policy and the grants in
 * force, with fresh clocks, and the decision that was spent no longer counts. The caller holds the control rows. Does
 * nothing (false) when the action moved meanwhile. What may have gone through is looked up before it comes back.
 */
export async function returnToWaiting(ctx: Context, tx: Move, seen: StoredAction, why: Return): Promise<boolean> {
  const stored = await tx.loadAction(seen.action.id)
  const kind = stored && ctx.kinds.get(stored.action.kind)
  if (!stored || !kind || stored.state.version !== seen.state.version) return false
  if (await findOutFirst(tx, stored, kind)) return true
  const { action, payload } = stored
  const snapshot = await tx.snapshot()
  const facts = why.facts?.facts ?? payload.facts
  const proposed = {
    kind,
    action,
    input: payload.input,
    facts,
  }
  const evaluated = evaluateAction(ctx, snapshot, proposed, tx.now)
  const judged = why.judged ?? (await judgeNow(ctx, tx, stored.state, evaluated))
  const waiting = {
    category: action.category,
    timing: withoutPassedSlot(evaluated.timing, tx.now),
    givenExpiry: action.givenExpiry,
    zone: snapshot.workspace.timeZone,
    approvals: policyThatHolds(ctx, snapshot, { action, payload: { facts } }).policy.document.approvals,
  }
  await moveAction(
    tx,
    stored,
    {
      ...waitingClocks(waiting, tx.now),
      state: 'awaiting_approval',
      approved: false,
      acceptedOutcome: null,
      leaseUntil: null,
      snoozedUntil: null,
      workspaceEpoch: snapshot.control.epoch,
      scopeEpoch: evaluated.scopeEpoch,
      remark: { note: why.note, differences: why.differences, preflight: why.preflight },
    },
    {
      type: why.type,
      by: 'gate',
      // It may quote what somebody wrote of a person: a rejection's reason, a stop's, a platform's answer.
      ...written(why.note),
      // Its decision was for what was known then: who decides again sees why it came back.
      payload: judgedAnew(stored, evaluated, judged, true),
    },
  )
  return true
}
