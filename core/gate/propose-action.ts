import type { ActionId, PlanId } from '../domain/ids.ts'
import type { Actor } from '../domain/people.ts'
import { reservedFor } from '../domain/money-by-state.ts'
import { err, ok, type Result } from '../domain/result.ts'
import { neverRuns, type Timing } from '../domain/timing.ts'
import { verdictOf } from '../domain/verdict.ts'
import type { Input, Kind } from '../ports/kind.ts'
import type { ActionRow, PayloadRow, Snapshot, StateRow, StoredAction } from '../ports/rows.ts'
import type { Asks } from '../ports/store.ts'
import { overKeyAmount, takeKeyTurn } from './agent-scope.ts'
import {
  applyLabels,
  checkCallbackAddress,
  checkProposer,
  checkSuperseded,
  chooseConnection,
  parseProposal,
  stopOf,
  stoppedBy,
} from './check-proposal.ts'
import { questionsFor } from './ask-judge.ts'
import { countDecision } from './count-decision.ts'
import { type Context, type Move, transact, transactTogether } from './dependencies.ts'
import { describeAction, describeNew } from './describe-action.ts'
import { scenarioOf } from '../rules/scenario.ts'
import { type Evaluated, evaluateAction, policyAt, standpointOf } from './evaluate-action.ts'
import { textsOf } from './texts-of.ts'
import type { Answer, Once, Proposal, Proposed } from './gate.ts'
import { drawCard } from './draw-card.ts'
import { moveAction } from './move-action.ts'
import { placeProposal } from './place-proposal.ts'
import { policyThatHolds } from './policy-that-holds.ts'
import { frozenTopic } from './switch-reach.ts'
import { timingOfAction } from './timing-of-action.ts'
import type { Refusal } from './refusal.ts'
import type { ActionView } from './views.ts'

/** The key was used before, or a dry run ended: the transaction rolls back and answers from what is there. */
type Aside = { readonly kind: 'replay' } | { readonly kind: 'dry_run'; readonly view: ActionView }

/** One proposal in its transaction, the way a plan's step and a single action share it. */
export type Draft = Proposal & {
  readonly once: Once
  readonly plan?: { readonly id: PlanId; readonly step: number; readonly steps: number }
}

export type Parsed = { readonly kind: Kind; readonly input: Input }

/**
 * Proposes an action. Checks, evaluates and writes in one transaction; calls no platform, no Slack, no model. The same
 * key with the same body answers what the first one did; with another body it is a conflict.
 */
export async function proposeAction(ctx: Context, actor: Actor, proposal: Proposal, once: Once): Answer<Proposed> {
  const parsed = parseProposal(ctx.kinds, proposal)
  if (!parsed.ok) return parsed
  const address = checkCallbackAddress(ctx, proposal.callbackUrl)
  if (!address.ok) return address
  const asks = { token: proposalToken(ctx, actor), once: { proposerId: actor.id, key: once.key } }
  const work = async (tx: Move, waitMs: number | null): Promise<Result<Proposed, Refusal | Aside>> => {
    if (waitMs !== null) return err({ kind: 'rate_limited', retryAfterMs: waitMs })
    const before = await tx.findByKey(actor.id, once.key)
    if (before)
      return before.bodyDigest === once.bodyDigest ? err({ kind: 'replay' }) : err({ kind: 'idempotency_conflict' })
    const prepared = await prepareDraft(ctx, tx, actor, parsed.value, { ...proposal, once })
    if (!prepared.ok) return prepared
    const { stored, superseded, snapshot } = prepared.value
    if (proposal.dryRun) return err({ kind: 'dry_run', view: describeNew(ctx, snapshot, stored, superseded) })
    await writeDraft(ctx, tx, prepared.value)
    return ok({ action: describeNew(ctx, snapshot, stored, superseded), replayed: false })
  }
  // The version that it replaces moves too, under locks of its own.
  const result = proposal.supersedes
    ? await proposeAlone(ctx, actor, asks, work)
    : await transactTogether(ctx, actor.workspaceId, asks, work)
  if (result.ok) return result
  if (result.error.kind === 'dry_run') return ok({ action: result.error.view, replayed: false })
  if (result.error.kind === 'replay') return await replay(ctx, actor, once)
  return err(result.error)
}

const proposalToken = (ctx: Context, actor: Actor) => ({ key: `propose:${actor.id}`, rate: ctx.proposalRate })

async function proposeAlone<T, E>(
  ctx: Context,
  actor: Actor,
  { token }: Asks,
  work: (tx: Move, waitMs: number | null) => Promise<Result<T, E>>,
): Promise<Result<T, E>> {
  const waitMs = await ctx.store.read(actor.workspaceId, (tx) => tx.takeToken(token.key, token.rate))
  return await transact(ctx, actor.workspaceId, (tx) => work(tx, waitMs))
}

/** Counts every proposal, also a refused one or a dry run: in a transaction of its own, which their roll-back leaves alone. */
export async function takeProposalToken(ctx: Context, actor: Actor): Promise<Result<void, Refusal>> {
  return await ctx.store.transact<void, Refusal>(actor.workspaceId, async (tx) => {
    const { key, rate } = proposalToken(ctx, actor)
    const wait = await tx.takeToken(key, rate)
    return wait === null ? ok(undefined) : err({ kind: 'rate_limited', retryAfterMs: wait })
  })
}

async function replay(ctx: Context, actor: Actor, once: Once): Answer<Proposed> {
  return await ctx.store.read(actor.workspaceId, async (tx) => {
    const winner = await tx.findByKey(actor.id, once.key)
    const stored = winner && (await tx.loadAction(winner.id))
    if (!winner || !stored) return err({ kind: 'check_failed', check: 'the first proposal with this key' })
    if (winner.bodyDigest !== once.bodyDigest) return err({ kind: 'idempotency_conflict' })
    return ok({ action: await describeAction(ctx, tx, stored), replayed: true })
  })
}

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
async function prepareDraft(
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
  if (draft.expiresAt && draft.notBefore && draft.expiresAt <= draft.notBefore)
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
