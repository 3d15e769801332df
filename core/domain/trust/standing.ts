import type { Level } from '../ceiling.ts'
import { TIER_LEVEL, type Tier } from '../level.ts'
import { categoryOfScope } from './scope-score.ts'

/**
 * What a level is given for: an agent in one scenario of one scope. `*` stands for all of them and gives nothing: it
 * only says how much anybody may have there at most, as while a scope is observed.
 */
export type StandingKey = { readonly scope: string; readonly scenario: string; readonly agentId: string }

export const ALL = '*'

/** Where an agent stands: the level that it was given, and everything that bounds it but the action's own risk. */
export type Standing = StandingKey & {
  /** The version of the agent that was judged last. */
  readonly agentVersion: string
  /** False while a changed agent has to show itself. */
  readonly isProven: boolean
  readonly level: Level
  /** What the score of its scope allows. */
  readonly tier: Tier
  /** Under the full review of its category. */
  readonly isLocked: boolean
  /** Grows when the level in force falls to 2 or less: what was let through before goes back to a person. */
  readonly epoch: number
  /** The member who consented, or who took it back; null: nobody, it fell by itself. */
  readonly byId: string | null
  readonly atMs: number
  /** Until when it is given; null: without end. */
  readonly untilMs: number | null
  /** When this agent first had more than recommendations here; null: never. */
  readonly firstAtMs: number | null
  /** What a person took back and may hand back; null: nothing. */
  readonly reclaimed: Level | null
  /** When levels 4 and 5 were last left otherwise than by section 6, which has taken its points then; null: never. */
  readonly leftHighAtMs: number | null
  /** Actions that a person still decides after 90 days in which nothing ran; 0: none. Section 3. */
  readonly reviewLeft: number
}

const CHANGED_AGENT: Level = 3
const FULL_REVIEW: Level = 2
const HIGH_AUTONOMY: Level = 4

/** What of a standing bounds an action, for `levelInForce`. */
export type StandingBounds = {
  readonly grant: Level | null
  readonly tier: Tier | null
  readonly isChangedAgent: boolean
  readonly isReturning: boolean
  readonly locked: boolean
  readonly epoch: number
}

const NONE: StandingBounds = {
  grant: null,
  tier: null,
  isChangedAgent: false,
  isReturning: false,
  locked: false,
  epoch: 0,
}

/**
 * What bounds the work of this agent, in this version of it, now. A grant that ran out costs one level, and what is
 * given for everybody is never exceeded. Sections 1 and 5.4.
 */
export function boundsOf(
  standings: readonly Standing[],
  key: StandingKey & { readonly agentVersion: string },
  nowMs: number,
): StandingBounds {
  const forAll = standings.find(({ scope, agentId }) => scope === key.scope && agentId === ALL)
  // What is said for everybody bounds nobody any more once its time is over.
  const isOver = forAll !== undefined && forAll.untilMs !== null && forAll.untilMs <= nowMs
  const most = forAll && !isOver ? forAll.level : 5
  const own = standings.find((standing) => isFor(standing, key))
  if (!own) return { ...NONE, grant: most < FULL_REVIEW ? most : null, epoch: forAll?.epoch ?? 0 }
  const level = levelNow(own, nowMs)
  return {
    grant: level < most ? level : most,
    tier: own.tier,
    isChangedAgent: !own.isProven || own.agentVersion !== key.agentVersion,
    isReturning: own.reviewLeft > 0,
    locked: own.isLocked,
    epoch: own.epoch + (forAll?.epoch ?? 0),
  }
}

/** What binds where another standing binds too: the stricter of each; recalled is what the first one recalls. */
export function bothBind(own: StandingBounds, other: StandingBounds): StandingBounds {
  const isLower = (other.grant ?? FULL_REVIEW) < (own.grant ?? FULL_REVIEW)
  const tiers = [own.tier, other.tier].filter((tier) => tier !== null)
  return {
    grant: isLower ? other.grant : own.grant,
    tier: tiers.reduce<Tier | null>(
      (low, tier) => (low === null || TIER_LEVEL[tier] < TIER_LEVEL[low] ? tier : low),
      null,
    ),
    isChangedAgent: own.isChangedAgent || other.isChangedAgent,
    isReturning: own.isReturning || other.isReturning,
    locked: own.locked || other.locked,
    epoch: own.epoch,
  }
}

export const standingName = ({ scope, scenario, agentId }: StandingKey): string => `${scope}/${scenario}/${agentId}`

export const isFor = (standing: StandingKey, key: StandingKey): boolean =>
  standing.scope === key.scope && standing.scenario === key.scenario && standing.agentId === key.agentId

/** The level that is given now: what ran out costs one, never below 2, and observation ends into 2. */
export function levelNow({ level, untilMs }: Pick<Standing, 'level' | 'untilMs'>, nowMs: number): Level {
  if (untilMs === null || untilMs > nowMs) return level
  if (level <= FULL_REVIEW) return FULL_REVIEW
  // safe: one below 3, 4 or 5 is a level
  return (level - 1) as Level
}

/** The highest that is given now among these; 2 where nothing is. */
export const highestLevel = (standings: readonly Standing[], now: Date): Level =>
  standings
    .map((one) => levelNow(one, now.getTime()))
    .reduce((most, level) => (level > most ? level : most), FULL_REVIEW)

/** The level in force as far as the standing knows it. */
export const standingLevel = (standing: Standing): Level => {
  const bounds = [
    standing.level,
    TIER_LEVEL[standing.tier],
    standing.isLocked || standing.reviewLeft > 0 ? FULL_REVIEW : 5,
    standing.isProven ? 5 : CHANGED_AGENT,
  ] as const
  return bounds.reduce((lowest, level) => (level < lowest ? level : lowest))
}

/** A standing after a change; recalls what is in flight when its level falls to 2 or less. Section 1. */
export function changed(before: Standing, change: Partial<Standing>, atMs: number): Standing {
  const after = { ...before, ...change }
  const falls = standingLevel(before) > FULL_REVIEW && standingLevel(after) <= FULL_REVIEW
  const leavesHigh = standingLevel(before) >= HIGH_AUTONOMY && standingLevel(after) < HIGH_AUTONOMY
  return {
    ...after,
    epoch: before.epoch + (falls ? 1 : 0),
    leftHighAtMs: leavesHigh ? atMs : after.leftHighAtMs,
  }
}

/** One whom nothing was given yet. */
export const firstStanding = (key: StandingKey, agentVersion: string, tier: Tier, atMs: number): Standing => ({
  scope: key.scope,
  scenario: key.scenario,
  agentId: key.agentId,
  agentVersion,
  isProven: true,
  level: key.agentId === ALL ? 5 : FULL_REVIEW,
  tier: key.agentId === ALL ? 'autonomous' : tier,
  isLocked: false,
  epoch: 0,
  byId: null,
  atMs,
  untilMs: null,
  firstAtMs: null,
  reclaimed: null,
  leftHighAtMs: null,
  reviewLeft: 0,
})

export type Given = {
  readonly level: Level
  /** The version of the agent that it is given to, and whether that has shown itself; absent: as it stands. */
  readonly agentVersion?: string
  readonly isProven?: boolean
  readonly byId: string | null
  readonly untilMs: number | null
  /** What is kept so that it can be handed back. */
  readonly reclaimed?: Level | null
  /** How many a person decides first; absent: as it stands. */
  readonly reviewLeft?: number
}

/** A standing at another level, by consent, reclaim or lapse. A consent ends a full review here. */
export const give = (before: Standing, given: Given, atMs: number): Standing => {
  const { level, byId, untilMs, reclaimed, agentVersion, isProven, reviewLeft } = given
  return changed(
    before,
    {
      level,
      ...(agentVersion === undefined ? {} : { agentVersion }),
      ...(isProven === undefined ? {} : { isProven }),
      ...(reviewLeft === undefined ? {} : { reviewLeft }),
      byId,
      atMs,
      untilMs,
      isLocked: before.isLocked && level <= FULL_REVIEW,
      firstAtMs: before.firstAtMs ?? (level > FULL_REVIEW ? atMs : null),
      reclaimed: reclaimed ?? null,
    },
    atMs,
  )
}

export type CountedFor = {
  readonly key: StandingKey
  readonly agentVersion: string
  readonly isProven: boolean
  /** The tier of its scope from now on. */
  readonly tier: Tier
  /** Its grant ended with this decision. */
  readonly isDemoted: boolean
  /** Its whole category went under full review with this decision. */
  readonly isLocked: boolean
  /** A person judged it. */
  readonly isJudged: boolean
}

/** The standings of a category after one counted decision: those that are not what they were. */
export function afterCounting(
  standings: readonly Standing[],
  { key, agentVersion, isProven, tier, isDemoted, isLocked, isJudged }: CountedFor,
  atMs: number,
): readonly Standing[] {
  // What is said for everybody is no grant, and nothing takes it.
  return standings
    .filter(({ agentId }) => agentId !== ALL)
    .flatMap((before) => {
      const isOwn = isFor(before, key)
      const isLowered = (isLocked || (isDemoted && isOwn)) && before.level > FULL_REVIEW
      const after = changed(
        before,
        {
          ...(isOwn ? { agentVersion, isProven } : {}),
          ...(isOwn && isJudged ? { reviewLeft: Math.max(0, before.reviewLeft - 1) } : {}),
          ...(before.scope === key.scope ? { tier } : {}),
          ...(isLocked ? { isLocked } : {}),
          ...(isLowered ? { level: FULL_REVIEW, byId: null, atMs, untilMs: null } : {}),
        },
        atMs,
      )
      // Section 6 takes its points at once: what it ends is not left a second time.
      const kept = isLocked ? { ...after, leftHighAtMs: before.leftHighAtMs } : after
      return isSame(before, kept) ? [] : [kept]
    })
}

const isSame = (a: Standing, b: Standing): boolean =>
  // safe: both have the same members
  (Object.keys(a) as (keyof Standing)[]).every((name) => a[name] === b[name])

const MS_PER_DAY = 86_400_000

/** Whole days since the category left levels 4 and 5; null: it never had them, or has them still. Section 6. */
export function daysSinceHighAutonomy(standings: readonly Standing[], category: string, nowMs: number): number | null {
  const own = standings.filter(({ scope, agentId }) => agentId !== ALL && categoryOfScope(scope) === category)
  if (own.some((standing) => standingLevel(standing) >= HIGH_AUTONOMY)) return null
  const left = own.flatMap(({ leftHighAtMs }) => leftHighAtMs ?? [])
  return left.length === 0 ? null : Math.floor((nowMs - Math.max(...left)) / MS_PER_DAY)
}
