import type { Wall, WallState } from '../domain/trust/service-gates.ts'
import type { PolicyDocument, Scope } from './policy.ts'
import { bySpecificity, holdsAt, type Standpoint } from './scope.ts'

/** The sections that are a wall, any of them. */
const SECTIONS_OF = {
  budget: ['budget'],
  brand_voice: ['wording', 'blocked_words', 'claims', 'tone', 'judge'],
  channels: ['channels', 'kinds'],
  topics: ['topics'],
} as const satisfies Readonly<Record<Wall, readonly (keyof Scope)[]>>

/**
 * Which walls a policy has where something stands: enforced where one of its sections holds there and does more than
 * warn. Section 5.2. What holds for some segments or regions only is no wall for all of it.
 */
export function wallsAt(policy: PolicyDocument, at: Standpoint): Readonly<Record<Wall, WallState>> {
  const holding = (policy.scopes ?? [])
    .filter(({ when }) => holdsAt(when, at))
    .toSorted((a, b) => bySpecificity(a.when, b.when))
  const places = [...holding, policy]
  const warnOnly: readonly string[] = places.find(({ warn_only }) => warn_only !== undefined)?.warn_only ?? []
  const stateOf = (wall: Wall): WallState => {
    const set = SECTIONS_OF[wall].filter((section) => places.some((place) => place[section] !== undefined))
    if (set.length === 0) return 'missing'
    return set.every((section) => warnOnly.includes(section)) ? 'warn_only' : 'enforced'
  }
  return {
    budget: stateOf('budget'),
    brand_voice: stateOf('brand_voice'),
    channels: stateOf('channels'),
    topics: stateOf('topics'),
  }
}
