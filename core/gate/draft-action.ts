import type { ActionId, PlanId } from '../domain/ids.ts'
import type { Actor } from '../domain/people.ts'
import { reservedFor } from '../domain/money-by-state.ts'
import { err, ok, type Result } from '../domain/result.ts'
import { neverRuns, type Timing } from '../domain/timing.ts'
import { verdictOf } from '../domain/verdict.ts'
import type { Input, Kind } from '../ports/kind.ts'
import type { ActionRow, PayloadRow, Snapshot, StateRow, StoredAction } from '../ports/rows.ts'
import { overKeyAmount, takeKeyTurn } from './agent-scope.ts'
import { applyLabels, checkProposer, checkSuperseded, chooseConnection, stopOf, stoppedBy } from './check-proposal.ts'
import { questionsFor } from './ask-judge.ts'
import { countDecision } from './count-decision.ts'
import type { Context, Move } from './dependencies.ts'
import { scenarioOf } from '../rules/scenario.ts'
import { type Evaluated, evaluateAction } from './evaluate-action.ts'
import { policyAt, standpointOf } from './policy-at.ts'
import { textsOf } from './texts-of.ts'
import type { Once, Proposal } from './requests.ts'
import { drawCard } from './draw-card.ts'
import { moveAction } from './move-action.ts'
import { placeProposal } from './place-proposal.ts'
import { policyThatHolds } from './policy-that-holds.ts'
import { frozenTopic } from './switch-reach.ts'
import { timingOfAction } from './timing-of-action.ts'
import type { Refusal } from './refusal.ts'

/** One proposal in its transaction, the way a plan's step and a single action share it. */
export type Draft = Proposal & {
  readonly once: Once
  readonly plan?: { readonly id: PlanId; readonly step: number; readonly steps: number }
}

export type Parsed = { readonly kind: Kind; readonly input: Input }

export type Prepared = {
  readonly stored: StoredAction
  readonly superseded: StoredAction | null
  readonly snapshot: Snapshot
}

/** A proposal that was checked and evaluated; no counter was read for it. */
export type CheckedDraft = Pick<Prepared, 'superseded' | 'snapshot'> & {
  readonly kind: Kind
  readonly draft: Draft
  readonly action: ActionRow
  readonly evaluated: Evaluated
}

/** Checks one proposal and says what would be written and where it leads; writes nothing yet. */
export async function prepareDraft(
  ctx: Context,
  tx: Move,
  actor: Actor,
  parsed: Parsed,
  draft: Draft,
): Promise<Result<Prepared, Refusal>> {
  const checked = await checkDraft(ctx, tx, actor, parsed, draft)
  return checked.ok ? await placeDraft(ctx, tx, actor, checked.value) : checked
}

/** The first half, shared with the steps of a plan: what it is, and what it will be charged to. */
export async function checkDraft(
  ctx: Context,
  tx: Move,
  actor: Actor,
  { kind, input }: Parsed,
  draft: Draft,
): Promise<Result<CheckedDraft, Refusal>> {
  const snapshot = await tx.snapshot()
  const permitted = checkProposer(snapshot, actor, kind)
  if (!permitted.ok) return permitted
  const category = applyLabels(ctx, snapshot, actor, kind, draft.labels, tx.now)
  if (!category.ok) return category
  const stop = stopOf(snapshot, actor, kind, category.value) ?? frozenTopic(snapshot, { input, facts: null })
  if (stop) return err(stoppedBy(stop))
  const connection = chooseConnection(snapshot, kind, draft.connection)
  if (!connection.ok) return connection
  const times = checkTimes(draft, timingOfAction(kind, { slotAt: draft.notBefore ?? null }, input), tx.now)
  if (!times.ok) return times
  const superseded = await checkSuperseded(tx, actor, kind, draft.supersedes)
  if (!superseded.ok) return superseded
  // The old version moves in this transaction, and control comes before budgets in the lock order.
  if (superseded.value) await tx.lockControl('move')

  const proposed = {
    ...rowOf(ctx, actor, kind, draft, tx.now),
    workspaceId: actor.workspaceId,
    connectionId: connection.value.id,
    category: category.value,
    slotAt: draft.notBefore ?? null,
    givenExpiry: draft.expiresAt ?? null,
  }
  const { policy } = policyAt(ctx, snapshot, standpointOf({ kind, action: proposed, facts: null }))
  const action: ActionRow = { ...proposed, scenario: scenarioOf(policy.document, kind.id, textsOf(input)) }
  const evaluated = evaluateAction(ctx, snapshot, { kind, action, input, facts: null }, tx.now)
  return ok({ kind, draft, action, evaluated, superseded: superseded.value, snapshot })
}

/** The second half: its verdict and place. `pending`: by window, what the plan's earlier steps will reserve. */
export async function placeDraft(
  ctx: Context,
  tx: Move,
  actor: Actor,
  checked: CheckedDraft,
  pending: ReadonlyMap<string, number> = new Map(),
): Promise<Result<Prepared, Refusal>> {
  const { action, superseded, snapshot } = checked
  const { payload, state } = await judgeDraft(ctx, tx, checked, pending)
  const tooMuch = overKeyAmount(snapshot, actor, payload.amountMinor)
  if (tooMuch !== null) return err({ kind: 'not_permitted', why: tooMuch })
  const turn = await takeKeyTurn(tx, snapshot, actor)
  if (!turn.ok) return turn
  return ok({ stored: { action, payload, state }, superseded, snapshot })
}

/** Longer than a judge may take. */
const CHECKED_WITHIN_MS = 15_000

/**
 * What has to be read on the platform first, or by the judge, waits in `proposed`, with its money neither known nor
 * reserved. A plan's steps are placed together, so they do not wait: what was not judged yet goes to a person.
 */
async function judgeDraft(
  ctx: Context,
  tx: Move,
  { kind, draft, action, evaluated, superseded, snapshot }: CheckedDraft,
  pending: ReadonlyMap<string, number>,
) {
  const { category } = action
  const workspaceEpoch = snapshot.control.epoch
  const givenExpiry = draft.expiresAt ?? null
  // The version that it replaces gives its reservation back in this transaction.
  const alreadyReserved = new Map(
    superseded?.state.charges.map(({ window, amountMinor }) => [window, reservedFor(amountMinor)]),
  )
  for (const [window, minor] of pending) alreadyReserved.set(window, (alreadyReserved.get(window) ?? 0) - minor)
  const options = {
    category,
    givenExpiry,
    zone: snapshot.workspace.timeZone,
    approvals: policyThatHolds(ctx, snapshot, { action, payload: { facts: null } }).policy.document.approvals,
    workspaceEpoch,
    alreadyReserved,
  }
  const isJudged = draft.plan === undefined && questionsFor(ctx, evaluated).length > 0
  const placed = kind.readFacts || isJudged ? null : await placeProposal(ctx, tx, evaluated, options)
  const unchecked = {
    state: 'proposed' as const,
    // The check starts right after the commit; a sweep that starts a second one meanwhile would ask the judge twice.
    runAt: isJudged ? new Date(tx.now.getTime() + CHECKED_WITHIN_MS) : tx.now,
    workspaceEpoch,
    scopeEpoch: evaluated.scopeEpoch,
    expiresAt: givenExpiry,
  }
  const payload: PayloadRow = {
    ...evaluated.payload(placed?.verdict ?? verdictOf([]), placed?.charges),
    // Without what it binds, and without the judge, it has no verdict yet.
    ...(placed ? {} : { verdict: null }),
    revision: 1,
    editedBy: null,
    at: tx.now,
  }
  const state: StateRow = { ...EMPTY_STATE, ...(placed?.place ?? unchecked) }
  return { payload, state }
}

/** Writes a prepared proposal: rows, reservation, event, card. */
export async function writeDraft(
  ctx: Pick<Context, 'kinds' | 'newId' | 'compiled'>,
  tx: Move,
  { stored, superseded, snapshot }: Prepared,
): Promise<void> {
  const { action, payload, state } = stored
  if (superseded) {
    const counted = await countDecision(ctx, tx, superseded, { kind: 'replaced', input: payload.input })
    const change = { state: 'superseded' as const, supersededBy: action.id, expiresAt: null }
    await moveAction(tx, superseded, change, {
      type: 'superseded',
      by: action.proposerId,
      body: { by_action: action.id, ...counted },
    })
  }
  await tx.insertAction(action)
  await tx.insertPayload(action.id, payload)
  await tx.insertState(action.id, state)
  for (const { window, amountMinor } of state.charges)
    await tx.changeBudget(window, { reserved: reservedFor(amountMinor), committed: 0 })
  const body = {
    by: action.proposerId,
    kind: action.kind,
    scope: payload.scope,
    to: state.state,
    hash: payload.hash,
    policy: payload.policyVersion,
    outcome: payload.verdict?.outcome ?? null,
    level: payload.level?.inForce ?? null,
  }
  await tx.appendEvent({ subject: action.id, subjectVersion: 1, type: 'proposed', body })
  if (state.state === 'awaiting_approval' || state.state === 'held') await drawCard(tx, action, snapshot)
  if (state.state === 'proposed') tx.afterCommit('check', action.id)
  else tx.afterCommit(state.state === 'ready' ? 'execute' : 'tell', action.id)
}

const EMPTY_STATE: StateRow = {
  state: 'proposed',
  version: 1,
  revision: 1,
  expiresAt: null,
  remindAt: null,
  reminders: 0,
  escalated: false,
  snoozedUntil: null,
  runAt: null,
  leaseUntil: null,
  undoUntil: null,
  attempt: 0,
  tries: 0,
  lookUps: 0,
  workspaceEpoch: 0,
  scopeEpoch: 0,
  acceptedOutcome: null,
  approved: false,
  charges: [],
  amountMinor: 0,
  remark: null,
  supersededBy: null,
  executedAt: null,
  undoneAt: null,
}

function checkTimes(draft: Draft, timing: Timing, now: Date): Result<void, Refusal> {
  const problem = (path: string, says: string) => err<Refusal>({ kind: 'malformed', problems: [{ path, says }] })
  if (draft.expiresAt && draft.expiresAt <= now) return problem('expires_at', 'It lies in the past.')
  if (draft.expiresAt && timing.slotAt && draft.expiresAt <= timing.slotAt)
    return problem('expires_at', 'It would expire before its planned time.')
  const never = neverRuns(timing, now)
  if (never !== null) return problem('input', never)
  return ok(undefined)
}

function rowOf(
  ctx: Context,
  actor: Actor,
  kind: Kind,
  draft: Draft,
  now: Date,
): Omit<ActionRow, 'workspaceId' | 'connectionId' | 'category' | 'scenario' | 'slotAt' | 'givenExpiry'> {
  const id: ActionId = ctx.newId('act')
  return {
    id,
    proposerId: actor.id,
    proposerName: actor.name,
    agentId: actor.kind === 'agent' ? actor.id : null,
    kind: kind.id,
    platform: kind.platform,
    channel: kind.channel,
    reason: draft.reason,
    requestedBy: draft.requestedBy ?? null,
    evidence: draft.evidence ?? [],
    agentCost: draft.agentCost ?? null,
    confidence: draft.confidence ?? null,
    question: draft.question ?? null,
    labels: { ...draft.labels },
    fingerprint: { ...draft.fingerprint },
    supersedes: draft.supersedes ?? null,
    planId: draft.plan?.id ?? null,
    step: draft.plan?.step ?? null,
    steps: draft.plan?.steps ?? null,
    callbackUrl: draft.callbackUrl ?? null,
    dryRun: draft.dryRun ?? false,
    idempotencyKey: draft.once.key,
    bodyDigest: draft.once.bodyDigest,
    proposedAt: now,
  }
}
