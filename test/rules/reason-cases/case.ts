import type { Observed, Subject } from '../../../core/rules/guardrails/guardrail.ts'

/**
 * What makes a rule speak, and the words in which it has to name what was observed and the limit (`shows`), whatever
 * the rest of the action is called. A new rule: one entry in a file beside this, with a case for each of its reasons.
 */
export type Case = {
  readonly policy?: unknown
  readonly given?: Partial<Subject>
  readonly observed?: Observed
  readonly shows: readonly (string | RegExp)[]
}

/** As long as what people call something can be, with spaces and without. */
export const long = 'Whitening Week 🎉 für Stammpatientinnen und -patienten, '.repeat(12).slice(0, 200)
export const unbroken = 'Donaudampfschifffahrtsgesellschaft'.repeat(12).slice(0, 200)
