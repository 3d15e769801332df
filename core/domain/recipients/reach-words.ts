import type { ExposureLimit } from './exposure.ts'
import { LEFT_OUT, type LeftOut, type Reach } from './reach.ts'

const number = (value: number): string => new Intl.NumberFormat('en-US').format(value)

function period(days: number): string {
  if (days === 1) return 'in 24 hours'
  return days === 7 ? 'this week' : `in ${number(days)} days`
}

function words(why: LeftOut, count: number, most: ExposureLimit | null): string {
  switch (why) {
    case 'unidentified':
      return `${number(count)} cannot be identified`
    case 'suppressed':
      return `${number(count)} must not be contacted`
    case 'withdrew':
      return `${number(count)} withdrew`
    case 'never_consented':
      return `${number(count)} never agreed`
    case 'over_cap':
      return `${number(count)} had ${number(most?.messages ?? 0)} ${most === null ? '' : period(most.days)}`.trim()
  }
}

/** "1,160 of 1,200; 12 withdrew, 28 had 3 this week". */
export function reachWords({ reachable, of, leftOut }: Reach, most: ExposureLimit | null): string {
  const all = `${number(reachable.length)} of ${number(of)}`
  const why = reasons(leftOut, most).map(({ says }) => says)
  return why.length === 0 ? all : `${all}; ${why.join(', ')}`
}

const reasons = (leftOut: Reach['leftOut'], most: ExposureLimit | null) =>
  LEFT_OUT.flatMap((why) => {
    const count = leftOut[why] ?? 0
    return count === 0 ? [] : [{ count, says: words(why, count, most) }]
  })

/** So many fit into 160 characters. */
const MOST_NAMED = 2

/** Why it cannot go out as it is, where nobody may be reached or the platform cannot leave anybody out. */
export function blockedWords({ reachable, of, leftOut }: Reach, most: ExposureLimit | null): string {
  const all = reasons(leftOut, most).toSorted((a, b) => b.count - a.count)
  const rest = all.slice(MOST_NAMED).reduce((sum, { count }) => sum + count, 0)
  const named = all.slice(0, MOST_NAMED).map(({ says }) => says)
  const why = [...named, ...(rest === 0 ? [] : [`${number(rest)} for other reasons`])].join(', ')
  return reachable.length === 0
    ? `None of ${number(of)} may be reached: ${why}. Choose other people.`
    : `${number(of - reachable.length)} of ${number(of)} may not be reached: ${why}. It passes without them.`
}
