import { type FirstGrant, NEW_FOR_DAYS } from './order-of-work.ts'
import { isFrequent, type Workflow } from './workflow.ts'
import type { Recommended } from './shared-scope.ts'
import { levelWords } from './level-words.ts'

export const DIGEST_DAYS = 14
/** The comparison with the approval baseline, after the first grant. */
export const WEEK_FOUR_DAYS = 28

export type PhaseNumber = 1 | 2 | 3 | 4

/** Counted from day 1. */
const DAYS: Readonly<Record<PhaseNumber, readonly [number, number]>> = {
  1: [1, 14],
  2: [15, 30],
  3: [31, 60],
  4: [61, 90],
}

export type Phase = {
  readonly phase: PhaseNumber
  readonly fromDay: number
  readonly toDay: number
  readonly todo: readonly string[]
}

/** Null: after day 90. */
export const phaseOfDay = (day: number): PhaseNumber | null =>
  ([1, 2, 3, 4] as const).find((phase) => day <= DAYS[phase][1]) ?? null

/** The four phases, with what to do in each for these workflows. `dateOf`: the date of a day, as people read it. */
export function phasesFor(
  all: readonly Recommended[],
  grants: readonly FirstGrant[],
  dateOf: (day: number) => string,
): readonly Phase[] {
  const todo: Readonly<Record<PhaseNumber, readonly string[]>> = {
    1: approveEverything(all),
    2: approveInBatches(all),
    3: [...grantTodo(grants, 3, dateOf), 'Look at the trust of every scope once a week.'],
    4: [
      ...grantTodo(grants, 4, dateOf),
      'Adjust guardrails and benchmarks to what the first weeks showed.',
      'Before the quarter ends, review every level.',
    ],
  }
  return ([1, 2, 3, 4] as const).map((phase) => {
    const [fromDay, toDay] = DAYS[phase]
    return { phase, fromDay, toDay, todo: todo[phase] }
  })
}

function approveEverything(all: readonly Recommended[]): readonly string[] {
  const of = (keep: (one: Recommended) => boolean): readonly Workflow[] =>
    all.filter(keep).map(({ workflow }) => workflow)
  return [
    ...line(
      'Watch, without a card, for 30 days',
      of(({ recommendation }) => recommendation.startAt === 1),
    ),
    ...line(
      'Approve each one, and say why where you change or reject it',
      of(({ recommendation, workflow }) => recommendation.startAt === 2 && !workflow.isPreparing),
    ),
    ...line(
      'Passes and is recorded, without being asked about',
      of(({ workflow, recommendation }) => workflow.isPreparing && recommendation.aimAt > 1),
    ),
    'Set the benchmarks, and note what people achieve today where it is not known.',
    ...(all.some(({ workflow }) => workflow.amountMinor > 0) ? ['Set a day budget and the amounts to ask above.'] : []),
    'Set the guardrails: brand voice, channels, topics.',
    ...line(
      'Mend the data of',
      of(({ workflow }) => workflow.dataQuality === 'patchy'),
    ),
  ]
}

function approveInBatches(all: readonly Recommended[]): readonly string[] {
  const approved = all
    .filter(({ workflow, recommendation }) => recommendation.startAt === 2 && !workflow.isPreparing)
    .map(({ workflow }) => workflow)
  const watched = all.filter(({ recommendation }) => recommendation.startAt === 1 && recommendation.aimAt > 1)
  const isBatched = (workflow: Workflow): boolean => isFrequent(workflow) && workflow.sensitivity === 'low'
  return [
    ...line('Approve in one batch a week', approved.filter(isBatched)),
    ...line(
      'Go on approving one by one',
      approved.filter((workflow) => !isBatched(workflow)),
    ),
    ...line(
      `On day 31, from watching to ${levelWords(2)}`,
      watched.map(({ workflow }) => workflow),
    ),
  ]
}

/** What to do for the first grants of one phase; null: those after day 90. */
export const grantTodo = (
  grants: readonly FirstGrant[],
  phase: PhaseNumber | null,
  dateOf: (day: number) => string,
): readonly string[] =>
  grants
    .filter(({ day }) => phaseOfDay(day) === phase)
    .map(
      ({ scope, day }) =>
        `${dateOf(day)}: grant ${scope} ${levelWords(3)}, if its gates hold. Read the digest of exceptions every day until ${dateOf(day + DIGEST_DAYS)}, compare with the approvals on ${dateOf(day + WEEK_FOUR_DAYS)}, and start no fourth before ${dateOf(day + NEW_FOR_DAYS)}.`,
    )

const line = (what: string, workflows: readonly Workflow[]): readonly string[] =>
  workflows.length === 0 ? [] : [`${what}: ${workflows.map(({ name }) => name).join(', ')}.`]
