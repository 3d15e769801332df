import type { MemberId } from '../domain/ids.ts'
import type { Actor } from '../domain/people.ts'
import { err, ok, type Result } from '../domain/result.ts'
import type { Consent } from '../domain/trust/consent.ts'
import { allHold } from '../domain/trust/gates.ts'
import { nextStep } from '../domain/trust/may-be-ready.ts'
import type { EarnedLevel } from '../domain/trust/promotion-test.ts'
import { ALL, isFor, type Standing } from '../domain/trust/standing.ts'
import type { TrustCell } from '../domain/trust/trust-book.ts'
import { nextQuarterlyReview } from '../rules/calendar.ts'
import type { ScopeTrust } from '../ports/trust.ts'
import { refuseConsent } from './consent-right.ts'
import type { Context, Move } from './dependencies.ts'
import { gatesOf, gatherEvidence } from './gather-evidence.ts'
import { giveLevel, type Giving } from './give-level.ts'
import type { Refusal } from './refusal.ts'

const MS_PER_DAY = 86_400_000
/** How long a scope counts as newly autonomous, and how many may be at once (product page, B14). */
const NEW_FOR_DAYS = 14
const MOST_NEW = 3

export type Raise = {
  readonly to: EarnedLevel
  readonly by: MemberId
  readonly consent: Consent
  /** Who consents to this step now; null: an owner did, in advance. */
  readonly consenting: Extract<Actor, { kind: 'member' }> | null
  readonly type: Extract<Giving['type'], 'granted' | 'raised_by_consent'>
  /** Earlier than the next quarterly review; absent: until then. */
  readonly until?: Date
  readonly reason?: string | null
}

/**
 * The only way up: the next step of who stands there, with every gate looked at again and a consent that covers it, by
 * somebody who may decide there, until the next quarterly review. The caller holds the control row for update. Refused with what is missing.
 */
export async function raiseLevel(
  ctx: Context,
  tx: Move,
  cell: TrustCell,
  all: readonly ScopeTrust[],
  raise: Raise,
): Promise<Result<Standing, Refusal>> {
  const { to, by, consent, consenting, type, until, reason } = raise
  const snapshot = await tx.snapshot()
  const { standings, workspace } = snapshot
  const beyond = consenting && refuseConsent(ctx, snapshot, consenting, cell, tx.now)
  if (beyond) return err(beyond)
  const standing = standings.find((one) => isFor(one, cell)) ?? null
  const missing = (...says: readonly string[]) => err<Refusal>({ kind: 'not_earned', missing: says })
  if (nextStep(standing, tx.now.getTime()) !== to)
    return missing('Levels are earned one at a time, each with its own evidence; this is not the next one.')
  const gates = gatesOf(to, { ...(await gatherEvidence(ctx, tx, cell, all)), consent })
  if (!allHold(gates)) return missing(...gates.filter(({ status }) => status === 'missing').map(({ says }) => says))
  if (!hasRoom(standings, cell, tx.now))
    return missing('Three scopes became autonomous within the last 14 days; look at those first.')
  const review = nextQuarterlyReview(tx.now, workspace.timeZone).getTime()
  const given = {
    level: to,
    byId: by,
    untilMs: until ? Math.min(until.getTime(), review) : review,
    isProven: cell.history.cell.correctUntilFull === 0,
  }
  const { after } = await giveLevel(tx, cell, cell.agentVersion, given, { type, by, reason, ends: 'granted' })
  return ok(after)
}

/** Whether its scope may become newly autonomous: at most three may be at once. One that was before is not new. */
export function hasRoom(standings: readonly Standing[], { scope }: Pick<Standing, 'scope'>, now: Date): boolean {
  const since = now.getTime() - NEW_FOR_DAYS * MS_PER_DAY
  const first = new Map<string, number>()
  for (const one of standings.filter(({ agentId, firstAtMs }) => agentId !== ALL && firstAtMs !== null))
    first.set(one.scope, Math.min(first.get(one.scope) ?? Infinity, one.firstAtMs ?? Infinity))
  return first.has(scope) || [...first.values()].filter((at) => at > since).length < MOST_NEW
}
