import { type Gate, gate } from './gate.ts'

export const WALLS = ['budget', 'brand_voice', 'channels', 'topics'] as const
export type Wall = (typeof WALLS)[number]
export type WallState = 'enforced' | 'warn_only' | 'missing'

export type WallsEvidence = {
  readonly walls: Readonly<Record<Wall, WallState>>
  /** A budget is asked for only where it does. */
  readonly movesMoney: boolean
  /** What stands within them, in a marketer's words: "email campaigns". */
  readonly of: string
}

const NAMES: Readonly<Record<Wall, string>> = {
  budget: 'budget',
  brand_voice: 'brand voice',
  channels: 'channels',
  topics: 'topics',
}

/** Each wall that is needed is set and does more than warn. Section 5.2. Says which does not, and how it is set. */
export function wallsGate({ walls, movesMoney, of }: WallsEvidence): Gate {
  const needed = WALLS.filter((wall) => wall !== 'budget' || movesMoney)
  const missing = needed.filter((wall) => walls[wall] === 'missing')
  const warning = needed.filter((wall) => walls[wall] === 'warn_only')
  const has = needed.length - missing.length - warning.length
  return gate('walls', has === needed.length, has, needed.length, says(missing, warning, of))
}

function says(missing: readonly Wall[], warning: readonly Wall[], of: string): string {
  const [first] = missing
  if (first === undefined && warning.length === 0) return 'All walls that are needed hold.'
  if (first === undefined)
    return `For ${of} the policy only warns about ${wallNames(warning)}; let it ask a person or block instead.`
  if (warning.length > 0)
    return `Not set for ${of}: ${wallNames(missing)}; only warning: ${wallNames(warning)}. Set them in the policy, or start from a ready pack.`
  if (missing.length > 1)
    return `Not set for ${of}: ${wallNames(missing)}. Add them to the policy, or start from a ready pack.`
  const alone: Readonly<Record<Wall, string>> = {
    budget: `No budget is set for ${of}, where money moves; add one for a day, a week or a month to the policy.`,
    brand_voice: `No brand voice is set for ${of}; add blocked words, wording, claims or a tone to the policy.`,
    channels: `No channels are set for ${of}; say in the policy which channels or actions are allowed.`,
    topics: `No topics are set for ${of}; add those that a person decides to the policy.`,
  }
  return alone[first]
}

/** "budget, channels and topics". */
export function wallNames(walls: readonly Wall[]): string {
  const names = walls.map((wall) => NAMES[wall])
  return [names.slice(0, -1).join(', '), ...names.slice(-1)].filter((part) => part !== '').join(' and ')
}
