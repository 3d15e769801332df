import { becauseWords, hoursWords } from './backtest-words.ts'
import { type ComparedAction, type Compared, strictness } from './comparison.ts'

/** By number: the version on trial and the one in force. */
export type Versions = { readonly onTrial: number; readonly inForce: number }

/** Fewer say nothing of a policy: after 30 that were decided alike, one in ten of the next may still not be. */
export const ENOUGH_ACTIONS = 30

/** The reason that made the difference: what the stricter version said. */
export const differenceWords = (action: ComparedAction): string =>
  becauseWords(strictness(action) < 0 ? action.inForce : action.onTrial)

/** What each version asks and blocks, and what it lets through, in a sentence each. */
export function comparedWords({ total }: Pick<Compared, 'total'>, { onTrial, inForce }: Versions): string {
  const { actions, onTrial: its, inForce: rest } = total
  if (actions === 0) return 'Nothing was proposed here in that time.'
  const reviews = `Of ${actionsWords(actions)} version ${onTrial} asks about ${its.courses.asked} and blocks ${its.courses.blocked} (${hoursWords(its.reviewSeconds)} of reviews); version ${inForce} asks about ${rest.courses.asked} and blocks ${rest.courses.blocked} (${hoursWords(rest.reviewSeconds)}).`
  const through =
    its.letThrough + rest.letThrough === 0
      ? 'Neither lets anything run unasked that people rejected or took back.'
      : `Of what people rejected or took back version ${onTrial} lets ${its.letThrough} run without asking them, version ${inForce} ${rest.letThrough}.`
  return `${reviews} ${through}`
}

/** Which version is stricter, by how much, and whether there are enough actions to say; at most 160 characters. */
export function conclusionWords(
  { total: { actions }, stricter, looser }: Pick<Compared, 'total' | 'stricter' | 'looser'>,
  { onTrial, inForce }: Versions,
): string {
  if (actions === 0) return 'There is nothing to compare yet: nothing was proposed here in that time.'
  const isEnough = actions >= ENOUGH_ACTIONS
  const enough = isEnough ? 'that is enough to say so.' : `too few to say so: wait for ${ENOUGH_ACTIONS}.`
  if (stricter === 0 && looser === 0)
    return `Version ${onTrial} decides like version ${inForce}, in all of ${actionsWords(actions)}; ${enough}`
  const isStricter = stricter > looser
  const [more, less] = isStricter ? [stricter, looser] : [looser, stricter]
  const [how, other] = isStricter ? ['stricter', 'looser'] : ['looser', 'stricter']
  if (isEnough && !isClear(more, less))
    return `Neither version is clearly stricter: version ${onTrial} is stricter on ${stricter} of ${actionsWords(actions)} and looser on ${looser}.`
  const also = less === 0 ? '' : ` and ${other} on ${less}`
  return `Version ${onTrial} is ${how} than version ${inForce}, on ${more} of ${actionsWords(actions)} (${percent(more, actions)})${also}; ${enough}`
}

/** Whether the difference is more than two standard deviations of a coin: tossed as often, it seldom gives that. */
const isClear = (more: number, less: number): boolean => less === 0 || more - less > 2 * Math.sqrt(more + less)

const actionsWords = (count: number): string => (count === 1 ? '1 action' : `${count} actions`)

/** "29 %"; what is there at all is never 0 %, and what is not the whole never 100 %. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return '0 %'
  const share = Math.round((100 * part) / whole)
  if (part > 0 && share === 0) return 'under 1 %'
  return part < whole && share === 100 ? 'over 99 %' : `${share} %`
}
