import { type Verdict, verdictOf } from '../domain/verdict.ts'
import { agentQuestionGuardrail } from './guardrails/agent-question.ts'
import { allowedChannelsGuardrail } from './guardrails/allowed-channels.ts'
import { allowedKindsGuardrail } from './guardrails/allowed-kinds.ts'
import { amountGuardrail } from './guardrails/amount.ts'
import { blockedWordsGuardrail } from './guardrails/blocked-words.ts'
import { type Counters, dayBudgetReason } from './guardrails/day-budget.ts'
import type { Guardrail, MakeGuardrail, Place, Subject } from './guardrails/guardrail.ts'
import { quietHoursGuardrail } from './guardrails/quiet-hours.ts'
import type { PolicyDocument } from './policy.ts'

const GUARDRAILS: readonly MakeGuardrail[] = [
  allowedKindsGuardrail,
  allowedChannelsGuardrail,
  blockedWordsGuardrail,
  amountGuardrail,
  quietHoursGuardrail,
  agentQuestionGuardrail,
]

export type CompiledPolicy = {
  readonly document: PolicyDocument
  /** All rules at once. `counters` are those of the locked budget row of the planned day; null where nothing is spent. */
  evaluate(subject: Subject, place: Place, counters: Counters | null): Verdict
}

/** Compiles a policy version once: lists folded, windows read, absent rules left out. */
export function compilePolicy(document: PolicyDocument): CompiledPolicy {
  const rules = GUARDRAILS.map((make) => make(document)).filter((rule): rule is Guardrail => rule !== null)
  return {
    document,
    evaluate(subject, place, counters) {
      const reasons = rules.map((rule) => rule(subject, place)).filter((reason) => reason !== null)
      const budget = counters && dayBudgetReason(document, counters, subject.amountMinor, place)
      return verdictOf(budget ? [...reasons, budget] : reasons)
    },
  }
}

/** What one action of this kind costs, in minor units: the policy's price per person reached. */
export const costOf = (document: PolicyDocument, kindId: string, people: number): number =>
  (document.cost_per_person?.[kindId] ?? 0) * people
