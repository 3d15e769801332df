import { type Backtested, type Course, type Ending, type ReplayedAction } from './backtest.ts'
import type { Look } from './guardrails/guardrail.ts'

/** "It ran without a person, and was taken back." */
export function didWords(did: Course, ending: Ending): string {
  if (did === 'blocked') return 'It was blocked.'
  if (did === 'observed') return 'It was only recorded.'
  return did === 'ran' ? `It ran without a person${RAN[ending]}.` : `A person was asked${ASKED[ending]}.`
}

const RAN: Readonly<Record<Ending, string>> = {
  kept: '',
  rejected: ', was recalled and rejected',
  undone: ', and was taken back',
  revised: ', was recalled, and changes were asked for',
  expired: ', but not in time',
  waiting: ' and is still under way',
  ended: ', but did not get through',
}

const ASKED: Readonly<Record<Ending, string>> = {
  kept: ' and let it run',
  rejected: ' and rejected it',
  undone: ' and let it run; it was taken back later',
  revised: ' and wanted changes',
  expired: ', and it expired',
  waiting: ' and has not decided yet',
  ended: ', and it did not run in the end',
}

const WOULD: Readonly<Record<Course, string>> = {
  ran: 'It would have run without a person.',
  asked: 'A person would have been asked.',
  blocked: 'It would have been blocked.',
  observed: 'It would only have been recorded.',
}

export const wouldWords = (would: Course): string => WOULD[would]

/** The reason that made the difference: the strictest rule, or the level where no rule stood in the way. */
export function becauseWords({
  would,
  reasons,
  levelWhy,
}: Pick<ReplayedAction, 'would' | 'reasons' | 'levelWhy'>): string {
  const [strictest] = reasons
  const rule = strictest && strictest.outcome !== 'pass' && strictest.outcome !== 'warn' ? strictest.text : null
  return would === 'blocked' || would === 'asked' ? (rule ?? levelWhy) : levelWhy
}

/** What a replay takes for granted. */
export const ASSUMED: readonly string[] = [
  'Decisions of people are taken as they were: what they rejected or took back they would have rejected again, and what they let run they would have let run again.',
  'What was blocked, recorded or never decided at the time, and would be asked now, counts as approved in budgets and rates.',
  'What people rejected, or left to expire, gives its share of budgets and rates back at once.',
  'Before the first day nothing was spent: the first week and month of a budget start empty.',
  'A review takes what reading takes (240 words a minute and 3 seconds), or less where a press in Slack shows that it did.',
]

/** What nobody can look up as of then, whatever the policy. */
const NEVER_REPLAYED: readonly string[] = [
  'edits: what agents first proposed is judged',
  'stops, and what an agent’s key was allowed',
  'who agreed, withdrew or had too many messages at the time: it reaches whom it reached then',
  'what was spent on the platforms past the gate',
  'that small pieces of one action are judged together, and that the steps of a plan wait for each other',
]

const OF_LOOKS: Partial<Readonly<Record<Look['look'], string>>> = {
  judge: 'what the model would have said of the texts: where one is set up, each counts as fitting',
  audience: 'whether an audience or channel was new at the time: each counts as known',
  benchmarks: 'which benchmarks were missed at the time: none counts as missed',
}

/** What was not replayed under rules that wanted these looked up. */
export const notReplayed = (looks: ReadonlySet<Look['look']>): readonly string[] => [
  ...NEVER_REPLAYED,
  ...[...looks].flatMap((look) => OF_LOOKS[look] ?? []),
]

/** The whole of it in one or two sentences. */
export function summaryWords({ total }: Pick<Backtested, 'total'>, days: number): string {
  const { actions, did, would, reviewSeconds, letThrough } = total
  if (actions === 0) return `Nothing was proposed in the last ${days} days.`
  const reviews = `Of ${actions} proposals in ${days} days, people would have been asked about ${would.asked} instead of ${did.asked} (${hoursWords(reviewSeconds.would)} of reviews instead of ${hoursWords(reviewSeconds.did)}), and ${would.blocked} instead of ${did.blocked} would have been blocked.`
  const overridden =
    letThrough.would === 0
      ? 'Nothing that people rejected or took back would have run without asking them.'
      : `Of what people rejected or took back ${letThrough.would} would have run without asking them; at the time it was ${letThrough.did}.`
  return `${reviews} ${overridden}`
}

const SECONDS_PER_MINUTE = 60
const MINUTES_PER_HOUR = 60

/** "14 min", "2.5 h". */
export function hoursWords(seconds: number): string {
  const minutes = Math.round(seconds / SECONDS_PER_MINUTE)
  if (minutes < MINUTES_PER_HOUR) return `${minutes} min`
  return `${Math.round((minutes / MINUTES_PER_HOUR) * 10) / 10} h`
}
