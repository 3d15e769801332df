import { whenDue } from '../domain/route-action.ts'
import type { HeldCharge } from '../domain/money-by-state.ts'
import { err, ok } from '../domain/result.ts'
import { covers } from '../domain/switches.ts'
import { overAt, withoutPassedSlot } from '../domain/timing.ts'
import { isStricterThanSeen, type Outcome, type Verdict } from '../domain/verdict.ts'
import type { PayloadRow, Snapshot, StoredAction } from '../ports/rows.ts'
import { approveInPart, gatherApprovals, peopleRules } from './approve-in-part.ts'
import { stoppedBy } from './check-proposal.ts'
import type { Decided, Decider } from './check-decision.ts'
import type { Context, Move } from './dependencies.ts'
import { ownCategory, rightToApprove } from './decider-right.ts'
import { type Evaluated, evaluateAction } from './evaluate-action.ts'
import { giveFeedback, type Said } from './give-feedback.ts'
import { judgedAnew } from './judged-anew.ts'
import { type JudgedNow, judgeNow } from './judge-now.ts'
import { type MoveEvent, moveAction } from './move-action.ts'
import { clocksFor } from './place-proposal.ts'
import { policyThatHolds } from './policy-that-holds.ts'
import type { Refusal } from './refusal.ts'
import { behalfBody, type Deciding, recordDecision } from './record-decision.ts'
import { refuseOwnWork } from './own-work.ts'
import { frozenTopic } from './switch-reach.ts'
import { takeTurn } from './take-turn.ts'

/** How a step of a plan is approved with the plan. */
export type InPlan = {
  /** An earlier step has to run first. */
  readonly turn?: boolean
  /** What all its steps cost together, in minor units: no plan is a way around a limit. */
  readonly wholeMinor?: number
  /** Some step needs more people, so that none goes before it. */
  readonly waits?: boolean
}

/**
 * Approves what was shown. The guardrails run again first: no stricter is accepted, stricter gets a fresh card. Where
 * several people have to, the last of them lets it run.
 */
export async function approveAction(
  ctx: Context,
  tx: Move,
  actor: Decider,
  stored: StoredAction,
  plan: InPlan = {},
): Promise<Decided> {
  const snapshot = await tx.snapshot()
  const own = await refuseOwnWork(ctx, tx, snapshot, actor, stored)
  if (own) return err(own)
  const frozen = frozenTopic(snapshot, stored.payload)
  if (frozen) return err(stoppedBy(frozen))
  const again = evaluateAgain(ctx, tx, snapshot, stored)
  if (!again) return err({ kind: 'check_failed', check: 'this kind of action is no longer installed' })
  const late = tooLate(again, tx.now)
  if (late) return err(late)
  const amountMinor = Math.max(again.amountMinor, plan.wholeMinor ?? 0)
  const right = rightToApprove(
    snapshot,
    actor,
    { ...stored.action, ...ownCategory(ctx, stored.action), amountMinor },
    tx.now,
  )
  if (!right.ok) return right
  const decider = { ...actor, onBehalfOf: right.value.onBehalfOf }
  const judged = await judgeNow(ctx, tx, stored.state, again)
  const { verdict, charges } = judged
  if (verdict.outcome === 'block' || isStricterThanSeen(verdict, stored.payload.verdict))
    return await freshCard(tx, stored, again, judged)
  const rules = peopleRules(ctx, snapshot, stored, again, amountMinor)
  const by = { decider, right: right.value, waitsForPlan: plan.waits ?? false }
  const gathered = await gatherApprovals(ctx, tx, snapshot, stored, rules, by)
  if (gathered.kind !== 'enough') {
    const { payload } = stored
    // What is counted under another policy than the one that holds would not be counted again.
    const fresh =
      payload.policyVersion === policyThatHolds(ctx, snapshot, stored).version
        ? {}
        : { payload: judgedAnew(stored, again, judged) }
    const deciding = { ...APPROVE, decision: 'approve_in_part' as const }
    return await approveInPart(ctx, tx, decider, stored, { gathered, deciding, ...fresh })
  }
  const edit = gathered.before.find(({ row }) => row.decision === 'edit_in_part')
  return await accept(ctx, tx, decider, stored, {
    snapshot,
    evaluated: again,
    verdict,
    charges,
    deciding: APPROVE,
    ...(edit ? { toldAs: { ...APPROVE, decision: 'edit', changes: edit.row.changes } } : {}),
    event: { type: 'approved', by: actor.id, body: behalfBody(decider) },
    turn: plan.turn ?? false,
  })
}

const APPROVE = { decision: 'approve', severity: null, reason: null, outside: false, changes: [] } as const

/** The refusal of what is too late for the time that it names, whatever its clock says; null: it is not. */
function tooLate({ timing }: Evaluated, now: Date): Refusal | null {
  const until = overAt(timing)
  return until !== null && until <= now ? { kind: 'expired', at: until } : null
}

export function evaluateAgain(
  ctx: Context,
  tx: Move,
  snapshot: Snapshot,
  { action, payload }: StoredAction,
): Evaluated | null {
  const kind = ctx.kinds.get(action.kind)
  if (!kind) return null
  return evaluateAction(ctx, snapshot, { kind, action, input: payload.input, facts: payload.facts }, tx.now)
}

/** The guardrails became stricter since the card was drawn: the card is redrawn with the reasons, and decided anew. */
export async function freshCard(
  tx: Move,
  stored: StoredAction,
  evaluated: Evaluated,
  judged: JudgedNow,
): Promise<Decided> {
  const { verdict } = judged
  const payload = judgedAnew(stored, evaluated, judged)
  await moveAction(
    tx,
    stored,
    { state: 'awaiting_approval' },
    { type: 'stricter', by: 'gate', body: { outcome: verdict.outcome }, payload },
  )
  return ok({ kind: 'refused', refusal: { kind: 'stricter_now', reasons: verdict.reasons } })
}

const TURN = { expiresAt: null, remindAt: null, reminders: 0, escalated: false, runAt: null }

export type Acceptance = {
  readonly snapshot: Snapshot
  readonly evaluated: Evaluated
  readonly verdict: Verdict
  /** What it is charged, by the locked rows. */
  readonly charges: readonly HeldCharge[]
  readonly deciding: Deciding & { readonly decision: 'approve' | 'edit' }
  /** What its agent hears, where that is more than this decision: the edit of somebody who approved before. */
  readonly toldAs?: Said
  readonly event: MoveEvent
  /** The payload of an edit; absent: the one that was shown. */
  readonly payload?: Omit<PayloadRow, 'revision' | 'at'>
  /** A later step of a plan: it waits its turn. */
  readonly turn?: boolean
}

/** From here on it may run: at its slot, or now. There is no hold after a person approved. */
export async function accept(
  ctx: Context,
  tx: Move,
  actor: Decider,
  stored: StoredAction,
  how: Acceptance,
): Promise<Decided> {
  const { action } = stored
  const { timing } = how.evaluated
  const route = whenDue({ ...timing, now: tx.now })
  const clocks = how.turn
    ? { ...TURN, state: 'scheduled' as const }
    : clocksFor(
        route,
        {
          category: action.category,
          timing: withoutPassedSlot(timing, tx.now),
          givenExpiry: action.givenExpiry,
          zone: how.snapshot.workspace.timeZone,
        },
        tx.now,
      )
  const isStopped = how.snapshot.switches.some(({ target }) => covers(target, action))
  const turn = clocks.state === 'ready' && !isStopped ? await takeTurn(ctx, tx, stored) : null
  await recordDecision(ctx, tx, stored, actor, how.deciding)
  const moved = await moveAction(
    tx,
    stored,
    {
      ...clocks,
      ...(typeof turn === 'number' ? { runAt: new Date(tx.now.getTime() + turn) } : {}),
      charges: how.charges,
      amountMinor: how.evaluated.amountMinor,
      approved: true,
      acceptedOutcome: acceptedOutcome(how.verdict.outcome, stored.payload.verdict?.outcome ?? 'pass'),
      workspaceEpoch: how.snapshot.control.epoch,
      scopeEpoch: how.evaluated.scopeEpoch,
      snoozedUntil: null,
      tries: 0,
      remark: null,
    },
    { ...how.event, ...(how.payload ? { payload: how.payload } : {}) },
  )
  await giveFeedback(ctx, tx, moved, actor, how.toldAs ?? how.deciding)
  if (moved.state.state === 'ready' && typeof turn !== 'number')
    tx.afterCommit('execute', action.id, turn ? { stored: moved, ...turn } : undefined)
  return ok({ kind: 'decided', stored: moved })
}

/** What the person saw and accepted, even where it would pass now. Nobody accepts a block. */
const acceptedOutcome = (now: Outcome, shown: Outcome): Outcome => (now === 'pass' && shown !== 'block' ? shown : now)
