import type { Wall, WallState } from '../domain/trust/walls-gate.ts'
import { isStricter } from '../domain/verdict.ts'
import type { PolicyDocument, Scope } from './policy.ts'
import { bySpecificity, holdsAt } from './scope.ts'
import { type Says, WALL_SAYS, type Walled } from './wall-sections.ts'

/**
 * Which walls a policy has where something stands. Section 5.2. Enforced: something of it asks or blocks there; only
 * warning: all that it says is a warning; missing: nothing of it can say anything there, whatever stands in the file.
 * What holds for some segments or regions only is no wall for all of it, and what is taken away for some is none either.
 */
export function wallsAt(policy: PolicyDocument, at: Walled): Readonly<Record<Wall, WallState>> {
  const scopes = (policy.scopes ?? []).toReversed().toSorted((a, b) => bySpecificity(a.when, b.when))
  const places = [at, ...scopes.filter(mayTakeAway).flatMap(({ when }) => partOf(when, at))]
  const stateOf = (wall: Wall): WallState =>
    weakest(places.map((place) => stateAt(wall, [...scopes.filter(({ when }) => holdsAt(when, place)), policy], place)))
  return {
    budget: stateOf('budget'),
    brand_voice: stateOf('brand_voice'),
    channels: stateOf('channels'),
    topics: stateOf('topics'),
  }
}

function stateAt(wall: Wall, levels: readonly (PolicyDocument | Scope)[], at: Walled): WallState {
  const all = WALL_SAYS[wall](levels, at)
  if (all.length === 0) return 'missing'
  const warnOnly: readonly string[] = levels.find(({ warn_only }) => warn_only !== undefined)?.warn_only ?? []
  const holds = ({ section, rule, outcome }: Says): boolean =>
    isStricter(outcome, 'warn') && !warnOnly.includes(section) && !warnOnly.includes(rule)
  return all.some(holds) ? 'enforced' : 'warn_only'
}

const WEAKEST_FIRST = ['missing', 'warn_only', 'enforced'] as const
const weakest = (states: readonly WallState[]): WallState =>
  WEAKEST_FIRST.find((state) => states.includes(state)) ?? 'missing'

/** Of a narrower scope these stand in place of what holds around it; everything else adds to it. */
const mayTakeAway = ({ warn_only, channels, kinds, tone }: Scope): boolean =>
  warn_only !== undefined || channels !== undefined || kinds !== undefined || tone !== undefined

/** The part of a place that a scope singles out by its segment or region; none where it does not, or holds elsewhere. */
function partOf({ segment, region, ...rest }: Scope['when'], at: Walled): readonly Walled[] {
  if ((segment === undefined && region === undefined) || !holdsAt(rest, at)) return []
  return [{ ...at, segment: segment?.[0] ?? at.segment, regions: region ? region.slice(0, 1) : at.regions }]
}
