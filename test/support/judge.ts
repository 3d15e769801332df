import type { Reason } from '../../core/domain/verdict.ts'
import type { Observed, Place, Section, Subject } from '../../core/rules/guardrails/guardrail.ts'
import { place, subject } from './guardrail-subject.ts'

/** What a section says of the newsletter with what is given; `values` as a policy says them, the most specific first. */
export function judge<S>(
  section: Section<S>,
  values: readonly [unknown, ...unknown[]],
  given: Partial<Subject> = {},
  observed: Observed = {},
  at: Place = place,
): readonly Reason[] {
  const [first, ...rest] = values
  const parsed = [section.schema.parse(first), ...rest.map((value) => section.schema.parse(value))] as const
  const said = section.guardrail(parsed)?.(subject(given), at, observed) ?? []
  return [said].flat()
}

/** Its only reason, as three words: which rule, what follows, and what people read. */
export const told = (reasons: readonly Reason[]): readonly (readonly [string, string, string])[] =>
  reasons.map(({ rule, outcome, text }) => [rule, outcome, text] as const)
