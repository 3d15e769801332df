import { type Level } from './ceiling.ts'

/** What the score allows: review → 2, notify → 3, autonomous → 5. */
export type Tier = 'review' | 'notify' | 'autonomous'

export const TIER_LEVEL: Readonly<Record<Tier, Level>> = { review: 2, notify: 3, autonomous: 5 }

export type LevelBounds = {
  /** The level a person gave the scope; null where nobody gave one, which counts as 2. */
  readonly grant: Level | null
  /** Null where no score is kept yet: it then binds nothing. */
  readonly tier: Tier | null
  readonly ceiling: Level
  /** The highest level the policy allows here. */
  readonly policy: Level
  /** Its model or prompt changed, and it has to show itself again. */
  readonly isChangedAgent: boolean
  /** Nothing ran for 90 days: the first actions are looked at. */
  readonly isReturning: boolean
  readonly locked: boolean
  /** It was stopped and resumed under review. */
  readonly isUnderReview?: boolean
}

export type BoundBy = 'grant' | 'no_grant' | 'agent_change' | 'idle' | 'tier' | 'ceiling' | 'policy' | 'lock' | 'review'

export type LevelInForce = { readonly level: Level; readonly boundBy: BoundBy; readonly why: string }

const WITHOUT_GRANT: Level = 2

const CHANGED_AGENT: Level = 3

/**
 * The lowest of grant, tier, ceiling, policy and lock, and which of them bound. Where two are equally low a lock is
 * named first, since it took the grant, and then the one that a member can change soonest: the grant before the tier,
 * the policy before the ceiling.
 */
export function levelInForce(bounds: LevelBounds): LevelInForce {
  const grant = bounds.grant ?? WITHOUT_GRANT
  const candidates: readonly (readonly [BoundBy, Level])[] = [
    ...(bounds.locked ? [['lock', 2] as const] : []),
    ...(bounds.isUnderReview ? [['review', 2] as const] : []),
    ...(bounds.isReturning ? [['idle', 2] as const] : []),
    [bounds.grant === null ? 'no_grant' : 'grant', grant],
    ['policy', bounds.policy],
    ['agent_change', bounds.isChangedAgent ? CHANGED_AGENT : 5],
    ['tier', bounds.tier === null ? 5 : TIER_LEVEL[bounds.tier]],
    ['ceiling', bounds.ceiling],
  ]
  let lowest = candidates[0] ?? (['no_grant', WITHOUT_GRANT] as const)
  for (const candidate of candidates) if (candidate[1] < lowest[1]) lowest = candidate
  const [boundBy, level] = lowest
  return { level, boundBy, why: sentence(boundBy, level, bounds.grant) }
}

function sentence(boundBy: BoundBy, level: Level, grant: Level | null): string {
  const wouldBe = grant !== null && grant > level ? `The grant is level ${grant}, but ` : ''
  const text: Readonly<Record<BoundBy, string>> = {
    grant: `level ${level} was granted for this`,
    no_grant: 'nobody has granted more than recommendations for this yet',
    agent_change: 'the agent changed, and ten correct decisions have to show it again',
    idle: 'nothing ran here for 90 days, so the first few are looked at',
    tier: `its score allows level ${level} for now`,
    ceiling: `for its risk and what can be undone the ceiling is level ${level}`,
    policy: `the policy allows level ${level} at most here`,
    review: 'it was stopped and resumed under review, so people decide for now',
    lock: 'it is under full review after a recent rejection',
  }
  const said = `${wouldBe}${text[boundBy]}.`
  return said.charAt(0).toUpperCase() + said.slice(1)
}
