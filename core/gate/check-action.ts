import { retryDelayMs } from '../domain/after-failure.ts'
import type { ActionId, WorkspaceId } from '../domain/ids.ts'
import { ok, type Result } from '../domain/result.ts'
import { verdictOf } from '../domain/verdict.ts'
import type { Facts, Kind } from '../ports/kind.ts'
import type { PlatformError } from '../ports/platform.ts'
import type { StoredAction } from '../ports/rows.ts'
import { askJudge } from './ask-judge.ts'
import { overKeyAmount } from './agent-scope.ts'
import { type Context, type Move, transact } from './dependencies.ts'
import { checkRecipients, reachedFacts, withRecipients } from './check-recipients.ts'
import { evaluateAction } from './evaluate-action.ts'
import { limitsOnRecipients } from './policy-at.ts'
import { loseConnection } from './lose-connection.ts'
import { moveAction } from './move-action.ts'
import { failureWords, openSession } from './open-session.ts'
import { placeProposal } from './place-proposal.ts'
import { policyThatHolds } from './policy-that-holds.ts'
import { readRecipients, type ToReach } from './read-recipients.ts'

const CHECKS_BEFORE_BLOCKING = 10
/** Not many: a person can read it, too. */
const TRIES_OF_THE_JUDGE = 3

/**
 * Reads on the platform what a proposal binds there (subject, sender, audience …), looks whom it may reach, and puts it
 * where verdict and level lead. A platform that refuses blocks it; one that cannot be asked now is asked again, and
 * after ten times it is blocked: a check that cannot run fails closed. A judge that does not answer is asked again twice;
 * then its rule says so and a person decides.
 */
export async function checkAction(ctx: Context, workspaceId: WorkspaceId, id: ActionId): Promise<void> {
  const stored = await ctx.store.read(workspaceId, (tx) => tx.loadAction(id))
  const kind = stored && ctx.kinds.get(stored.action.kind)
  if (!stored || !kind || stored.state.state !== 'proposed') return
  const facts = await readFacts(ctx, stored, kind)
  const toReach = facts.ok ? await readToReach(ctx, stored, kind) : facts
  const isJudged = !facts.ok || !toReach.ok || (await askJudge(ctx, workspaceId, id, facts.value))
  await transact(ctx, workspaceId, async (tx) => {
    const current = await tx.loadToMove(id)
    if (!current || current.state.version !== stored.state.version) return ok(undefined)
    if (!isJudged && current.state.tries + 1 < TRIES_OF_THE_JUDGE) await judgeLater(tx, current)
    else if (facts.ok && toReach.ok) await place(ctx, tx, current, kind, facts.value, toReach.value)
    else if (!toReach.ok) await tryLater(tx, current, toReach.error)
    return ok(undefined)
  })
}

/** What the action binds on the platform now; for kinds that bind nothing, nothing. */
export async function readFacts(
  ctx: Context,
  stored: StoredAction,
  kind: Kind,
): Promise<Result<Facts | null, PlatformError>> {
  if (!kind.readFacts) return ok(null)
  const session = await openSession(ctx, stored.action.workspaceId, stored.action.connectionId)
  return session.ok ? await kind.readFacts(stored.payload.input, session.value) : session
}

async function readToReach(
  ctx: Context,
  stored: StoredAction,
  kind: Kind,
): Promise<Result<ToReach | null, PlatformError>> {
  if (!kind.recipients) return ok(null)
  const session = await openSession(ctx, stored.action.workspaceId, stored.action.connectionId)
  return session.ok ? await readRecipients(ctx, stored, kind, session.value) : session
}

async function place(
  ctx: Context,
  tx: Move,
  stored: StoredAction,
  kind: Kind,
  facts: Facts | null,
  toReach: ToReach | null,
): Promise<void> {
  const { action, payload, state } = stored
  const snapshot = await tx.snapshot()
  const limits = limitsOnRecipients(ctx, snapshot, { kind, action, facts })
  const checked = toReach && (await checkRecipients(tx, stored, kind, limits, toReach))
  const proposed = {
    kind,
    action,
    input: payload.input,
    facts: reachedFacts(facts, checked),
  }
  const evaluated = withRecipients(evaluateAction(ctx, snapshot, proposed, tx.now), checked)
  const tooMuch =
    action.agentId && overKeyAmount(snapshot, { kind: 'agent', id: action.agentId }, evaluated.amountMinor)
  if (tooMuch) {
    const over = verdictOf([{ rule: 'key.amount', outcome: 'block', text: tooMuch }])
    const event = { type: 'checked', by: 'gate', payload: { ...evaluated.payload(over), editedBy: null } }
    await moveAction(tx, stored, { state: 'blocked', runAt: null }, { ...event, body: { outcome: 'block' } })
    return
  }
  const {
    verdict,
    place: placed,
    charges,
  } = await placeProposal(ctx, tx, evaluated, {
    category: action.category,
    givenExpiry: state.expiresAt,
    zone: snapshot.workspace.timeZone,
    approvals: policyThatHolds(ctx, snapshot, { action, payload: proposed }).policy.document.approvals,
    workspaceEpoch: snapshot.control.epoch,
  })
  const event = {
    type: 'checked',
    by: 'gate',
    body: { outcome: verdict.outcome },
    payload: { ...evaluated.payload(verdict, charges), editedBy: null },
  }
  const moved = await moveAction(tx, stored, { ...placed, tries: 0, remark: null }, event)
  if (moved.state.state === 'ready') tx.afterCommit('execute', action.id)
}

async function judgeLater(tx: Move, { action, state }: StoredAction): Promise<void> {
  const tries = state.tries + 1
  const note = 'The brand check could not run; it is tried again.'
  await tx.postpone(action.id, state.version, new Date(tx.now.getTime() + retryDelayMs(tries, 0)), { tries, note })
}

async function tryLater(tx: Move, stored: StoredAction, error: PlatformError): Promise<void> {
  const { action, payload, state } = stored
  const says = failureWords(action.platform, error)
  await loseConnection(tx, stored, error)
  const again = error.kind !== 'rejected' && state.tries < CHECKS_BEFORE_BLOCKING
  if (again) {
    const asked = error.kind === 'rate_limited' ? error.retryAfterMs : 0
    await tx.postpone(action.id, state.version, new Date(tx.now.getTime() + retryDelayMs(state.tries + 1, asked)), {
      tries: state.tries + 1,
      note: says,
    })
    return
  }
  const text =
    error.kind === 'rejected' ? says : `${says} It could not be checked, so it does not pass. Propose it again later.`
  const verdict = verdictOf([{ rule: 'platform.check', outcome: 'block', text: text.slice(0, 160) }])
  await moveAction(
    tx,
    stored,
    { state: 'blocked', runAt: null },
    { type: 'checked', by: 'gate', body: { outcome: 'block' }, payload: { ...payload, verdict, editedBy: null } },
  )
}
