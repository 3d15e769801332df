import { DEFAULT_SEVERITY } from '../domain/decision.ts'
import { ok } from '../domain/result.ts'
import { severityOfCause } from '../domain/trust/cause-severity.ts'
import type { StoredAction } from '../ports/rows.ts'
import type { Decided, Decider } from './check-decision.ts'
import { countDecision } from './count-decision.ts'
import type { Context, Move } from './dependencies.ts'
import { payloadDigests } from './evaluate-action.ts'
import type { DecisionRequest } from './requests.ts'
import { giveFeedback } from './give-feedback.ts'
import { moveAction } from './move-action.ts'
import { behalfBody, recordDecision } from './record-decision.ts'
import { written } from './written.ts'

/**
 * The same again is blocked for 30 days, with who and why. Of what was rejected for its time only that time is; a reason
 * from outside is no judgement on what it is.
 */
async function keepRejected(
  ctx: Context,
  tx: Move,
  { action, payload }: StoredAction,
  actor: Decider,
  how: { readonly reason: string | null; readonly outside: boolean; readonly cause: DecisionRequest['cause'] },
): Promise<void> {
  const kind = ctx.kinds.get(action.kind)
  if (how.outside || !kind) return
  const [anyTime, itsTime] = payloadDigests({ kind, action, input: payload.input, facts: payload.facts })
  const digest = how.cause === 'time' ? (itsTime ?? null) : anyTime
  if (digest) await tx.lookUps.keepRejection(digest, action.id, { by: actor.name, at: tx.now, why: how.reason })
}

/** Rejects for good; the agent is told why and not to resend. An outside reason does not count against it. */
export async function rejectAction(
  ctx: Context,
  tx: Move,
  actor: Decider,
  stored: StoredAction,
  request: DecisionRequest,
): Promise<Decided> {
  const { cause } = request
  const deciding = {
    decision: 'reject' as const,
    severity: request.severity ?? (cause ? severityOfCause(cause) : DEFAULT_SEVERITY),
    reason: request.reason ?? null,
    outside: request.outside ?? false,
    changes: [],
  }
  const counted = await countDecision(ctx, tx, stored, { ...deciding, kind: 'rejected', cause })
  await recordDecision(ctx, tx, stored, actor, deciding)
  const body = {
    severity: deciding.severity,
    outside: deciding.outside,
    ...(cause ? { cause } : {}),
    ...counted,
    ...behalfBody(actor),
  }
  const moved = await moveAction(
    tx,
    stored,
    { state: 'rejected', remindAt: null, expiresAt: null, remark: null },
    { type: 'rejected', by: actor.id, body, ...written(deciding.reason) },
  )
  await keepRejected(ctx, tx, stored, actor, { ...deciding, cause })
  await giveFeedback(ctx, tx, moved, actor, { ...deciding, cause })
  return ok({ kind: 'decided', stored: moved })
}
