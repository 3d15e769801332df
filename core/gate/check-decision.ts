import { isAfterwards } from '../domain/decision.ts'
import { sameHash } from '../domain/payload.ts'
import { type Actor, mayDo } from '../domain/people.ts'
import { err, ok, type Result } from '../domain/result.ts'
import type { Right } from '../domain/rights.ts'
import { covers } from '../domain/switches.ts'
import type { StoredAction } from '../ports/rows.ts'
import type { Transaction } from '../ports/transaction.ts'
import { NOT_A_DECIDER, rightsTo } from './decider-right.ts'
import type { DecisionRequest } from './requests.ts'
import type { Refusal } from './refusal.ts'
import { throughToken } from './through-token.ts'

/** Decided, or refused with something to keep (a fresh card): both commit. An error value rolls back. */
export type Decided = Result<
  { readonly kind: 'decided'; readonly stored: StoredAction } | { readonly kind: 'refused'; readonly refusal: Refusal },
  Refusal
>

export type Decider = Extract<Actor, { kind: 'member' }> & {
  /** The member who is away, by whose right they decide; absent: their own. */
  readonly onBehalfOf?: Right['onBehalfOf']
}

/**
 * Whether this actor may take this decision on what they saw, now. A decision needs a member with the right role; an
 * action must be waiting (or, for what is said afterwards, done); the hash must be the one in force; the card must not be expired.
 */
export async function checkDecision(
  tx: Transaction,
  actor: Actor,
  stored: StoredAction,
  request: DecisionRequest,
): Promise<Result<Decider, Refusal>> {
  if (actor.kind === 'agent')
    return err({ kind: 'not_permitted', why: 'An agent cannot decide; it can only cancel its own proposals.' })
  const snapshot = await tx.snapshot()
  const [right] = rightsTo(snapshot, actor, 'decide', tx.now)
  if (!right)
    return err(
      throughToken(snapshot, actor, ({ role }) => mayDo(role, 'decide'), tx.now) ?? {
        kind: 'not_permitted',
        why: NOT_A_DECIDER,
      },
    )
  const { state, payload } = stored
  const wanted = isAfterwards(request.decision) ? 'executed' : 'awaiting_approval'
  if (state.state !== wanted) return err(await elsewhere(tx, stored))
  if (
    !isAfterwards(request.decision) &&
    state.expiresAt !== null &&
    state.expiresAt <= tx.now &&
    !(await stoodStill(tx, stored, state.expiresAt))
  )
    return err({ kind: 'expired', at: state.expiresAt })
  if (payload.hash === null || !sameHash(request.payloadHash, payload.hash))
    return err({ kind: 'stale_hash', current: payload.hash ?? '' })
  return ok({ ...actor, onBehalfOf: right.onBehalfOf })
}

/** Whether a stop had frozen the card's clock before it ran out. */
async function stoodStill(tx: Transaction, { action }: StoredAction, expiresAt: Date): Promise<boolean> {
  const { switches } = await tx.snapshot()
  return switches.some(({ target, at }) => covers(target, action) && at < expiresAt)
}

/** Why an action that is not waiting cannot be decided: who decided it and when, or that it ran out of time. */
async function elsewhere(tx: Transaction, { action, state }: StoredAction): Promise<Refusal> {
  if (state.state === 'expired') return { kind: 'expired', at: state.expiresAt ?? tx.now }
  const last = (await tx.listDecisions([action.id])).at(-1)
  if (last) return { kind: 'already_decided', state: state.state, by: last.byName, at: last.at }
  return { kind: 'not_now', state: state.state, why: 'It does not wait for a decision.' }
}
