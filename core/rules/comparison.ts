import type { Category } from '../domain/category.ts'
import { type Backtested, type Course, createBacktest, type ReplayedAction, type Tally } from './backtest.ts'

/** What one version makes of an action. */
export type Decided = Pick<ReplayedAction, 'would' | 'reasons' | 'levelWhy'>

/** One past action with what the version on trial makes of it, and what the one in force would. */
export type ComparedAction = Pick<ReplayedAction, 'id' | 'title' | 'category' | 'at' | 'did' | 'ending'> & {
  readonly reviewSeconds: number
  readonly onTrial: Decided
  readonly inForce: Decided
  /** Proposed after the trial began. */
  readonly sinceStart: boolean
}

/** What one version comes to. */
export type Side = {
  readonly courses: Readonly<Record<Course, number>>
  /** Seconds that people spend on what they are asked. */
  readonly reviewSeconds: number
  /** Runs without a person, though people rejected it or took it back. */
  readonly letThrough: number
  /** The same, asked about or blocked before it ran. */
  readonly heldBack: number
}

export type Sides = { readonly actions: number; readonly onTrial: Side; readonly inForce: Side }

export type Compared = {
  readonly total: Sides
  readonly sinceStart: Sides
  readonly before: Sides
  readonly categories: readonly (Sides & { readonly category: Category })[]
  /** Actions that the version on trial decides more strictly, and more freely. */
  readonly stricter: number
  readonly looser: number
  /** Newest first; a few of each difference, and of what the trial lets through that people did not want. */
  readonly examples: readonly ComparedAction[]
}

/** From what goes out unseen to what never does. */
const STRICTNESS: Readonly<Record<Course, number>> = { ran: 0, asked: 1, observed: 2, blocked: 3 }

/** Above 0: the version on trial is the stricter one here; below: the looser one; 0: they decide alike. */
export const strictness = ({ onTrial, inForce }: Pick<ComparedAction, 'onTrial' | 'inForce'>): number =>
  STRICTNESS[onTrial.would] - STRICTNESS[inForce.would]

/** Adds up two replays of the same actions side by side, oldest first. What it keeps does not grow with the actions. */
export function createComparison(): { add(action: ComparedAction): void; result(): Compared } {
  const all = createBacktest<SideBySide>()
  const halves = { since: createBacktest(), before: createBacktest() }
  let stricter = 0
  let looser = 0
  return {
    add(action) {
      const both = sideBySide(action)
      all.add(both)
      halves[action.sinceStart ? 'since' : 'before'].add(both)
      if (strictness(action) > 0) stricter += 1
      if (strictness(action) < 0) looser += 1
    },
    result() {
      const { total, categories, examples } = all.result()
      return {
        total: sidesOf(total),
        sinceStart: sidesOf(halves.since.result().total),
        before: sidesOf(halves.before.result().total),
        categories: categories.map((tally) => ({ category: tally.category, ...sidesOf(tally) })),
        stricter,
        looser,
        examples: examples.map(({ compared }) => compared),
      }
    },
  }
}

type SideBySide = Backtested['examples'][number] & { readonly compared: ComparedAction }

/** In a comparison the version in force stands where a replay has what was. */
const sideBySide = (compared: ComparedAction): SideBySide => ({
  ...compared,
  ...compared.onTrial,
  did: compared.inForce.would,
  compared,
})

const sidesOf = (tally: Tally): Sides => ({
  actions: tally.actions,
  onTrial: sideOf(tally, 'would'),
  inForce: sideOf(tally, 'did'),
})

const sideOf = (tally: Tally, which: 'did' | 'would'): Side => ({
  courses: tally[which],
  reviewSeconds: tally.reviewSeconds[which],
  letThrough: tally.letThrough[which],
  heldBack: tally.heldBack[which],
})
