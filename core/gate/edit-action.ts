import { err, ok, type Result } from '../domain/result.ts'
import { canonicalJson } from '../domain/canonical.ts'
import type { Input, InputProblem, Kind } from '../ports/kind.ts'
import type { StoredAction } from '../ports/rows.ts'
import { accept, ownApproval } from './approve-action.ts'
import type { Decided, Decider } from './check-decision.ts'
import type { Context, Move } from './dependencies.ts'
import { inputChanges } from './describe-action.ts'
import { evaluateAction } from './evaluate-action.ts'
import { judgeNow } from './judge-now.ts'

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
  const own = ownApproval(ctx, snapshot, actor, stored)
  if (own) return own
  const proposed = {
    kind,
    action,
    input: input.value,
    facts: payload.facts,
  }
  const evaluated = evaluateAction(ctx, snapshot, proposed, tx.now)
  const verdict = await judgeNow(ctx, tx, state, evaluated)
  if (verdict.outcome === 'block') return err({ kind: 'stricter_now', reasons: verdict.reasons })
  return await accept(ctx, tx, actor, stored, {
    snapshot,
    evaluated,
    verdict,
    deciding: { decision: 'edit', severity: null, reason: null, outside: false, changes },
    event: { type: 'edited', by: actor.id },
    payload: { ...evaluated.payload(verdict), editedBy: actor.name },
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
