import type { Cause, Severity } from '../decision.ts'

const SEVERITY: Readonly<Record<Cause, Severity>> = {
  time: 'preference',
  tone: 'minor',
  content: 'major',
  people: 'major',
  should_have_asked: 'major',
  other: 'major',
  rules: 'critical',
}

/** How much what was wrong weighs, where a person named it and not its severity. The meanings of section 4.2. */
export const severityOfCause = (cause: Cause): Severity => SEVERITY[cause]
