import type { Guardrail, Subject } from '../../core/rules/guardrails/guardrail.ts'
import type { Reason } from '../../core/domain/verdict.ts'
import { place, subject } from './guardrail-subject.ts'

/** What a rule says of an ordinary newsletter but for what is given. */
export const told = (rule: Guardrail | null, given: Partial<Subject>): readonly Reason[] =>
  [rule?.(subject(given), place, {}) ?? []].flat()
