import { whenDue } from '../domain/route-action.ts'
import { err, ok } from '../domain/result.ts'
import { covers } from '../domain/switches.ts'
import { isStricter, type Outcome, type Verdict } from '../domain/verdict.ts'
import type { PayloadRow, Snapshot, StoredAction } from '../ports/rows.ts'
import type { Decided, Decider } from './check-decision.ts'
import type { Context, Move } from './dependencies.ts'
import { type Evaluated, evaluateAction, heldCharges, policyInForce } from './evaluate-action.ts'
import { giveFeedback } from './give-feedback.ts'
import { judgeNow } from './judge-now.ts'
import { type MoveEvent, moveAction } from './move-action.ts'
import { clocksFor } from './place-proposal.ts'
import { type Deciding, recordDecision } from './record-decision.ts'
import { takeTurn } from './take-turn.ts'

/** Approves what was shown. The guardrails run again first: no stricter is accepted, stricter gets a fresh card. */
export async function approveAction(
  ctx: Context,
  tx: Move,
  actor: Decider,
  stored: StoredAction,
  turn = false,
): Promise<Decided> {
  const snapshot = await tx.snapshot()
  const own = ownApproval(ctx, snapshot, actor, stored)
  if (own) return own
  const again = evaluateAgain(ctx, tx, snapshot, stored)
  if (!again) return err({ kind: 'check_failed', check: 'this kind of action is no longer installed' })
  const verdict = await judgeNow(ctx, tx, stored.state, again)
  const shown = stored.payload.verdict?.outcome ?? 'pass'
  if (verdict.outcome === 'block' || isStricter(verdict.outcome, shown))
    return await freshCard(tx, stored, again, verdict)
  return await accept(ctx, tx, actor, stored, {
    snapshot,
    evaluated: again,
    verdict,
    deciding: APPROVE,
    event: { type: 'approved', by: actor.id },
    turn,
  })
}

const APPROVE: Deciding = { decision: 'approve', severity: null, reason: null, outside: false, changes: [] }

/** Nobody approves what they proposed themselves, unless the policy lets a member do so below an amount. */
export function ownApproval(ctx: Context, snapshot: Snapshot, actor: Decider, stored: StoredAction): Decided | null {
  if (stored.action.proposerId !== actor.id) return null
  const below = policyInForce(ctx, snapshot).document.own_approval_below
  if (below !== undefined && stored.payload.amountMinor < below) return null
  return err({ kind: 'not_permitted', why: 'You proposed this yourself; somebody else has to decide it.' })
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
  verdict: Verdict,
): Promise<Decided> {
  const payload = { ...evaluated.payload(verdict), editedBy: stored.payload.editedBy }
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
  readonly deciding: Deciding
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
  const route = whenDue({ slotAt: action.slotAt, now: tx.now })
  const clocks = how.turn
    ? { ...TURN, state: 'scheduled' as const }
    : clocksFor(
        route,
        {
          category: action.category,
          slotAt: futureSlot(action.slotAt, tx.now),
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
      charges: heldCharges(how.evaluated),
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
  await giveFeedback(ctx, tx, moved, actor, how.deciding)
  if (moved.state.state === 'ready' && typeof turn !== 'number')
    tx.afterCommit('execute', action.id, turn ? { stored: moved, ...turn } : undefined)
  return ok({ kind: 'decided', stored: moved })
}

/** What the person saw and accepted, even where it would pass now. Nobody accepts a block. */
const acceptedOutcome = (now: Outcome, shown: Outcome): Outcome => (now === 'pass' && shown !== 'block' ? shown : now)

const futureSlot = (slotAt: Date | null, now: Date): Date | null => (slotAt !== null && slotAt > now ? slotAt : null)
