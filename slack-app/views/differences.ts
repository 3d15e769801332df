import type { Difference } from '../../core/ports/kind.ts'
import { fence } from './mrkdwn.ts'

const MOST = 8
const LONGEST = 280

/** What was and what is, one line a difference: "*Subject*: ~Old~ → New". */
export function differenceLines(differences: readonly Difference[]): string {
  const lines = differences
    .slice(0, MOST)
    .map((one) => `•  *${fence(one.label)}*: ${value(one.was)}  →  ${value(one.is)}`)
  const more = differences.length - MOST
  return [...lines, ...(more > 0 ? [`_and ${more} more_`] : [])].join('\n')
}

function value(text: string): string {
  const line = text.trim()
  if (fence(line) === '') return '_nothing_'
  return `“${fence(line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line)}”`
}
