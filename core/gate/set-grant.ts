import { BANDS } from '../domain/band.ts'
import { CATEGORIES } from '../domain/category.ts'
import type { Level } from '../domain/ceiling.ts'
import { type Actor, mayDo } from '../domain/people.ts'
import { err, ok, type Result } from '../domain/result.ts'
import { nextStep } from '../domain/trust/may-be-ready.ts'
import { EARNED_LEVELS } from '../domain/trust/promotion-test.ts'
import { categoryOfScope } from '../domain/trust/scope-score.ts'
import { ALL, isFor, levelNow, type Standing, type StandingKey } from '../domain/trust/standing.ts'
import { observedUntil } from '../domain/trust/staleness.ts'
import { dayOf } from '../domain/trust/score-window.ts'
import type { TrustCell } from '../domain/trust/trust-book.ts'
import { nextQuarterlyReview } from '../rules/calendar.ts'
import { refuseConsent } from './consent-right.ts'
import { type Context, type Move, transact } from './dependencies.ts'
import type { Answer } from './gate.ts'
import { giveLevel, type Giving } from './give-level.ts'
import { grantView, memberNames } from './list-grants.ts'
import type { GrantView } from './promotion-views.ts'
import { raiseLevel } from './raise-level.ts'
import type { Refusal } from './refusal.ts'

export type GrantOptions = {
  /** Which of the scope's; absent: all of them when it is lowered, the only one that has earned it when it is raised. */
  readonly scenario?: string
  readonly agentId?: string
  readonly until?: Date
  readonly reason?: string
}

const SCOPES: readonly string[] = CATEGORIES.flatMap((category) => BANDS.map((band) => `${category}.${band}`))
const MS_PER_DAY = 86_400_000

type Granter = Extract<Actor, { kind: 'member' }>

/**
 * Sets a level. Lowering it is always possible and recalls what is in flight, in this transaction; 1 observes a scope
 * for 30 days. Raising it is the person's consent: every gate is looked at, and what is missing refuses it.
 */
export async function setGrant(
  ctx: Context,
  actor: Actor,
  scope: string,
  level: Level,
  options: GrantOptions,
): Answer<readonly GrantView[]> {
  if (actor.kind === 'agent' || !mayDo(actor.role, 'grant'))
    return err({ kind: 'not_permitted', why: 'Only admins and owners can grant a level.' })
  if (level === 5 && !mayDo(actor.role, 'grant_full_delegation'))
    return err({ kind: 'not_permitted', why: 'Only an owner can grant full delegation.' })
  if (!SCOPES.includes(scope)) {
    const says = `A scope is a category and a band, like crm_update.small. Categories: ${CATEGORIES.join(', ')}. Bands: ${BANDS.join(', ')}.`
    return err({ kind: 'malformed', problems: [{ path: 'scope', says }] })
  }
  return await transact<readonly GrantView[], Refusal>(ctx, actor.workspaceId, async (tx) => {
    await tx.lockControl('configure')
    if (options.until && options.until <= tx.now)
      return err({ kind: 'malformed', problems: [{ path: 'until', says: 'It lies in the past.' }] })
    if (options.until && level === 1)
      return err({ kind: 'malformed', problems: [{ path: 'until', says: 'Observation lasts 30 days.' }] })
    const given = await giveAll(ctx, tx, { scope, level, options, actor })
    if (!given.ok) return given
    const names = await memberNames(tx)
    return ok(given.value.map((standing) => grantView(standing, names, tx.now)))
  })
}

type GivenAll = Result<readonly Standing[], Refusal>

type Wanted = { readonly scope: string; readonly level: Level; readonly options: GrantOptions; readonly actor: Granter }

async function giveAll(ctx: Context, tx: Move, wanted: Wanted): Promise<GivenAll> {
  const { scope, level, options, actor } = wanted
  if (level === 1) return ok([await observe(tx, actor, scope, options)])
  const snapshot = await tx.snapshot()
  const { standings } = snapshot
  const beyond = comesBack(standings, wanted, tx.now) && refuseConsent(ctx, snapshot, actor, forAll(scope), tx.now)
  if (beyond) return err(beyond)
  const own = standings.filter((standing) => standing.agentId !== ALL && isWanted(standing, scope, options))
  // A person's 2 is theirs, also where it was 2 before.
  const above = own.filter((standing) => {
    const now = levelNow(standing, tx.now.getTime())
    return now > level || (level === 2 && now === 2)
  })
  if (level === 2 || above.length > 0)
    return ok([...(await endObservation(tx, actor, scope, standings)), ...(await lowerAll(tx, above, wanted))])
  const cell = await onlyCandidate(tx, scope, level, options)
  if (!cell.ok) return cell
  const step = EARNED_LEVELS.find((earned) => earned === level) ?? 3
  const raised = await raiseLevel(ctx, tx, cell.value, await tx.trust.readScopes(categoryOfScope(scope)), {
    to: step,
    by: actor.id,
    consent: { kind: 'explicit', by: actor.id, to: step },
    consenting: actor,
    type: 'granted',
    ...(options.until ? { until: options.until } : {}),
    reason: options.reason ?? null,
  })
  return raised.ok ? ok([...(await endObservation(tx, actor, scope, standings)), raised.value]) : raised
}

/** Whether something runs by itself again because an observation ends by this. */
const comesBack = (standings: readonly Standing[], { scope, level, options }: Wanted, now: Date): boolean =>
  isObserved(standings, scope) &&
  standings.some(
    (one) =>
      one.scope === scope &&
      one.agentId !== ALL &&
      levelNow(one, now.getTime()) > 2 &&
      (level > 2 || !isWanted(one, scope, options)),
  )

const isObserved = (standings: readonly Standing[], scope: string): boolean =>
  standings.some((standing) => isFor(standing, forAll(scope)) && standing.level !== 5)

/** What a person lowers is theirs to hand back: it is not proposed again meanwhile. */
async function lowerAll(
  tx: Move,
  above: readonly Standing[],
  { level, options, actor }: Wanted,
): Promise<readonly Standing[]> {
  const untilMs = level === 2 ? null : await untilOf(tx, options)
  const lowered: Standing[] = []
  for (const was of above) {
    const had = levelNow(was, tx.now.getTime())
    const reclaimed = was.reclaimed ?? (had > level ? had : null)
    const given = { level, byId: actor.id, untilMs, reclaimed }
    const giving: Giving = { type: 'lowered', by: actor.id, reason: options.reason }
    lowered.push((await giveLevel(tx, was, was.agentVersion, given, giving)).after)
  }
  return lowered
}

const isWanted = (key: StandingKey, scope: string, { scenario, agentId }: GrantOptions): boolean =>
  key.scope === scope &&
  (scenario === undefined || key.scenario === scenario) &&
  (agentId === undefined || key.agentId === agentId)

/** The one cell whose next step this is; with several the caller has to say which. */
async function onlyCandidate(
  tx: Move,
  scope: string,
  level: Level,
  options: GrantOptions,
): Promise<Result<TrustCell, Refusal>> {
  const cells = (await tx.trust.readScopes(categoryOfScope(scope))).flatMap((one) => one.cells)
  const newest = cells.filter(
    (cell) =>
      isWanted(cell, scope, options) &&
      !cells.some((other) => isFor(other, cell) && other.countedAtMs > cell.countedAtMs),
  )
  const { standings } = await tx.snapshot()
  const standingOf = (cell: TrustCell) => standings.find((one) => isFor(one, cell)) ?? null
  const next = newest.filter((cell) => nextStep(standingOf(cell), tx.now.getTime()) === level)
  const [only] = next
  if (only && next.length === 1) return ok(only)
  if (next.length > 1) {
    const says = `Several could have it: ${next.map(({ scenario, agentId }) => `${scenario} of ${agentId}`).join(', ')}. Name scenario and agent.`
    return err({ kind: 'malformed', problems: [{ path: 'scenario', says }] })
  }
  const missing =
    newest.length === 0
      ? ['Nothing was decided here yet.']
      : ['Levels are earned one at a time, each with its own evidence; this is not the next one.']
  return err({ kind: 'not_earned', missing })
}

async function untilOf(tx: Move, { until }: GrantOptions): Promise<number> {
  const review = nextQuarterlyReview(tx.now, (await tx.snapshot()).workspace.timeZone).getTime()
  return until ? Math.min(until.getTime(), review) : review
}

/** Nobody has more than observation there until it is over. Section 1. */
async function observe(tx: Move, actor: Granter, scope: string, { reason }: GrantOptions): Promise<Standing> {
  const ends = observedUntil(dayOf(tx.now.getTime())) * MS_PER_DAY
  const given = { level: 1 as const, byId: actor.id, untilMs: ends }
  return (await giveLevel(tx, forAll(scope), ALL, given, { type: 'observed', by: actor.id, reason })).after
}

async function endObservation(
  tx: Move,
  actor: Granter,
  scope: string,
  standings: readonly Standing[],
): Promise<readonly Standing[]> {
  if (!isObserved(standings, scope)) return []
  const given = { level: 5 as const, byId: actor.id, untilMs: null }
  return [(await giveLevel(tx, forAll(scope), ALL, given, { type: 'granted', by: actor.id })).after]
}

const forAll = (scope: string): StandingKey => ({ scope, scenario: ALL, agentId: ALL })
