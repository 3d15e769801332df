import { momentWords } from '../local-time.ts'
import { type Guardrail, quoted, reason, shortened } from './guardrail.ts'

const RULE = 'rejected_before'
const MOST_NAME = 30
const MOST_WHY = 50

/** The very same payload that somebody rejected within 30 days does not come back; no policy can take that away. */
export const rejectedBefore: Guardrail = (_subject, { zone, locale }, { rejected }) => {
  if (rejected === null) return null
  if (rejected === undefined) {
    const text = 'Whether somebody rejected exactly this before could not be looked up, so a person decides.'
    return reason(RULE, 'ask', text)
  }
  const { by, at, why } = rejected
  const because = why === null || why.trim() === '' ? '' : `: ${quoted(why.trim(), MOST_WHY)}`
  const text = `${shortened(by, MOST_NAME)} rejected exactly this on ${momentWords(at, zone, locale)}${because}. Changed, it would pass.`
  return reason(RULE, 'block', text)
}
