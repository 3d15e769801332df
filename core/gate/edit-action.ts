import { err, ok, type Result } from '../domain/result.ts'
import { neverRuns } from '../domain/timing.ts'
import { canonicalJson } from '../domain/canonical.ts'
import type { Input, InputProblem, Kind } from '../ports/kind.ts'
import type { StoredAction } from '../ports/rows.ts'
import { accept } from './approve-action.ts'
import { approveInPart, gatherApprovals, peopleRules } from './approve-in-part.ts'
import { stoppedBy } from './check-proposal.ts'
import type { Decided, Decider } from './check-decision.ts'
import type { Context, Move } from './dependencies.ts'
import { ownCategory, rightToApprove } from './decider-right.ts'
import { inputChanges } from './describe-action.ts'
import { evaluateAction } from './evaluate-action.ts'
import { judgedAnew } from './judged-anew.ts'
import { judgeNow } from './judge-now.ts'
import { refuseOwnWork } from './own-work.ts'
import { earlier } from './place-proposal.ts'
import { behalfBody } from './record-decision.ts'
import { frozenTopic } from './switch-reach.ts'

/**
 * Approves with changes: a new payload of the same kind with a new hash, through the guardrails and the budget again.
 * What a guardrail blocks is refused with its reasons, and the action waits as it was.
 */
export async function editAction(
  ctx: Context,
  tx: Move,
  actor: Decider,
  stored: StoredAction,
  raw: unknown,
): Promise<Decided> {
  const { action, payload, state } = stored
  const kind = ctx.kinds.get(action.kind)
  if (!kind) return err({ kind: 'check_failed', check: 'this kind of action is no longer installed' })
  const input = parseEdit(kind, payload.input, raw)
  if (!input.ok) return err({ kind: 'malformed', problems: input.error })
  const changes = inputChanges(kind.fields, payload.input, input.value)
  const snapshot = await tx.snapshot()
  const own = await refuseOwnWork(ctx, tx, snapshot, actor, stored)
  if (own) return err(own)
  // What was taken out of it no longer holds it up.
  const frozen = frozenTopic(snapshot, { input: input.value, facts: payload.facts })
  if (frozen) return err(stoppedBy(frozen))
  const proposed = {
    kind,
    action,
    input: input.value,
    facts: payload.facts,
  }
  const evaluated = evaluateAction(ctx, snapshot, proposed, tx.now)
  const never = neverRuns(evaluated.timing, tx.now, action.givenExpiry)
  if (never !== null) return err({ kind: 'malformed', problems: [{ path: 'input', says: never }] })
  const right = rightToApprove(
    snapshot,
    actor,
    { ...action, ...ownCategory(ctx, action), amountMinor: evaluated.amountMinor },
    tx.now,
  )
  if (!right.ok) return right
  const decider = { ...actor, onBehalfOf: right.value.onBehalfOf }
  const judged = await judgeNow(ctx, tx, state, evaluated)
  const { verdict, charges } = judged
  if (verdict.outcome === 'block') return err({ kind: 'stricter_now', reasons: verdict.reasons })
  const edited = { ...evaluated.payload(verdict, charges), editedBy: actor.name }
  const deciding = { severity: null, reason: null, outside: false, changes }
  const rules = peopleRules(ctx, snapshot, stored, evaluated)
  const by = { decider, right: right.value, startsOver: true }
  const gathered = await gatherApprovals(ctx, tx, snapshot, stored, rules, by)
  if (gathered.kind !== 'enough') {
    const inPart = { ...deciding, decision: 'edit_in_part' as const }
    const { plannedAt } = evaluated.timing
    // It may have been moved: it can be decided until it would go out by now.
    const clock = plannedAt === null ? {} : { expiresAt: earlier(action.givenExpiry, plannedAt) }
    // Whoever approves it next has to have seen it, also where only what is cosmetic was changed.
    const { hash } = judgedAnew(stored, evaluated, judged, true)
    const payload = { ...edited, hash }
    return await approveInPart(ctx, tx, decider, stored, { gathered, deciding: inPart, payload, ...clock })
  }
  return await accept(ctx, tx, decider, stored, {
    snapshot,
    evaluated,
    verdict,
    charges,
    deciding: { ...deciding, decision: 'edit' },
    event: { type: 'edited', by: actor.id, body: behalfBody(decider) },
    payload: edited,
  })
}

/** The new input, with every field that points at a thing on the platform unchanged: another thing is another action. */
function parseEdit(kind: Kind, before: Input, raw: unknown): Result<Input, readonly InputProblem[]> {
  const parsed = kind.parse(raw)
  if (!parsed.ok) return err(parsed.error.map(({ path, says }) => ({ path: `input.${path}`, says })))
  const moved = kind.fields.filter(
    ({ name, editable }) =>
      !editable && canonicalJson(parsed.value[name] ?? null) !== canonicalJson(before[name] ?? null),
  )
  if (moved.length === 0) return ok(parsed.value)
  return err(
    moved.map(({ name, label }) => ({
      path: `input.${name}`,
      says: `${label} cannot be edited; propose another action for that.`,
    })),
  )
}
