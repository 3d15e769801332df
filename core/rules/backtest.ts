import type { Category } from '../domain/category.ts'
import type { Outcome, Reason } from '../domain/verdict.ts'

/** What the gate does with a proposal when it comes: lets it run, asks a person, blocks it, or only records it. */
export const COURSES = ['ran', 'asked', 'blocked', 'observed'] as const
export type Course = (typeof COURSES)[number]

/**
 * What became of it. `rejected`: a person rejected it. `undone`: a person took it back, before its effect or after.
 * `revised`: changes were asked for. `ended`: it never ran, for other reasons.
 */
export type Ending = 'kept' | 'rejected' | 'undone' | 'revised' | 'expired' | 'waiting' | 'ended'

/** Whether a person put their will in the place of the agent's. */
export const isOverridden = (ending: Ending): boolean => ending === 'rejected' || ending === 'undone'

/** One past action with what another policy or ladder makes of it. */
export type ReplayedAction = {
  readonly id: string
  readonly title: string
  readonly category: Category
  readonly at: Date
  readonly did: Course
  readonly ending: Ending
  readonly would: Course
  readonly reasons: readonly Reason[]
  /** Why its level lets it run, or does not. */
  readonly levelWhy: string
  /** What looking at it takes a person, in seconds. */
  readonly reviewSeconds: number
}

export type Both = { readonly did: number; readonly would: number }

export type Tally = {
  readonly actions: number
  readonly did: Readonly<Record<Course, number>>
  readonly would: Readonly<Record<Course, number>>
  /** Seconds that people spend on what they are asked. */
  readonly reviewSeconds: Both
  /** Runs without a person, though people rejected it or took it back. */
  readonly letThrough: Both
  /** The same, asked about or blocked before it ran. */
  readonly heldBack: Both
}

/** How often a rule had something to say; an action counts once, with the strictest that the rule said of it. */
export type RuleTally = {
  readonly rule: string
  readonly warned: number
  readonly asked: number
  readonly blocked: number
}

export type Backtested<A extends ReplayedAction = ReplayedAction> = {
  readonly total: Tally
  readonly changes: readonly { readonly did: Course; readonly would: Course; readonly actions: number }[]
  readonly categories: readonly (Tally & { readonly category: Category })[]
  /** The most talkative first. */
  readonly rules: readonly RuleTally[]
  /** Newest first; a few of each change, and of what would be let through. */
  readonly examples: readonly A[]
}

const EXAMPLES_OF_A_CHANGE = 3

/** Adds up a replay, one past action at a time, oldest first. What it keeps grows with the policy, never with the actions. */
export function createBacktest<A extends ReplayedAction = ReplayedAction>(): {
  add(action: A): void
  result(): Backtested<A>
} {
  const total = emptyTally()
  const categories = new Map<Category, Counting>()
  const rules = new Map<string, { warned: number; asked: number; blocked: number }>()
  const changes = new Map<string, { did: Course; would: Course; actions: number; newest: A[] }>()
  const through: A[] = []

  function changeOf({ did, would }: A) {
    const key = `${did}/${would}`
    const known = changes.get(key) ?? { did, would, actions: 0, newest: [] }
    changes.set(key, known)
    return known
  }

  return {
    add(action) {
      const own = categories.get(action.category) ?? emptyTally()
      categories.set(action.category, own)
      for (const tally of [total, own]) count(tally, action)
      for (const [rule, outcome] of strictestByRule(action.reasons)) {
        const known = rules.get(rule) ?? { warned: 0, asked: 0, blocked: 0 }
        rules.set(rule, known)
        known[COUNTED_AS[outcome]] += 1
      }
      if (action.did !== action.would) {
        const change = changeOf(action)
        change.actions += 1
        keepNewest(change.newest, action)
      }
      if (action.would === 'ran' && isOverridden(action.ending)) keepNewest(through, action)
    },
    result: () => ({
      total,
      changes: [...changes.values()]
        .map(({ did, would, actions }) => ({ did, would, actions }))
        .toSorted((a, b) => b.actions - a.actions),
      categories: [...categories]
        .map(([category, tally]) => ({ category, ...tally }))
        .toSorted((a, b) => b.actions - a.actions),
      rules: [...rules]
        .map(([rule, said]) => ({ rule, ...said }))
        .toSorted((a, b) => b.blocked + b.asked + b.warned - (a.blocked + a.asked + a.warned)),
      examples: [...new Set([...through, ...[...changes.values()].flatMap(({ newest }) => newest)])].toSorted(
        (a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1),
      ),
    }),
  }
}

type Counting = { -readonly [K in keyof Tally]: Tally[K] extends number ? number : Record<keyof Tally[K], number> }

const emptyTally = (): Counting => ({
  actions: 0,
  did: { ran: 0, asked: 0, blocked: 0, observed: 0 },
  would: { ran: 0, asked: 0, blocked: 0, observed: 0 },
  reviewSeconds: { did: 0, would: 0 },
  letThrough: { did: 0, would: 0 },
  heldBack: { did: 0, would: 0 },
})

function count(tally: Counting, action: ReplayedAction): void {
  tally.actions += 1
  for (const when of ['did', 'would'] as const) {
    const course = action[when]
    tally[when][course] += 1
    if (course === 'asked') tally.reviewSeconds[when] += action.reviewSeconds
    if (!isOverridden(action.ending)) continue
    if (course === 'ran') tally.letThrough[when] += 1
    if (course === 'asked' || course === 'blocked') tally.heldBack[when] += 1
  }
}

const COUNTED_AS = { warn: 'warned', ask: 'asked', block: 'blocked' } as const

/** Of each rule what it said first: reasons come strictest first. */
function strictestByRule(reasons: readonly Reason[]): ReadonlyMap<string, Exclude<Outcome, 'pass'>> {
  const found = new Map<string, Exclude<Outcome, 'pass'>>()
  for (const { rule, outcome } of reasons) if (outcome !== 'pass' && !found.has(rule)) found.set(rule, outcome)
  return found
}

function keepNewest<A>(kept: A[], action: A): void {
  kept.push(action)
  if (kept.length > EXAMPLES_OF_A_CHANGE) kept.shift()
}
