import { loosensApprovals } from './approvals-policy.ts'
import type { Budget, BudgetLimits } from './guardrails/budget.ts'
import type { PolicyDocument, Scope } from './policy.ts'
import { markOf } from './scope.ts'

/**
 * What a new policy loosens that only an owner may: a cap that is raised or removed (by its number, by making what it
 * counts cheaper, by moving its scope away, or by letting it only warn), and own approvals. In words, for the refusal.
 */
export function loosened(before: PolicyDocument, after: PolicyDocument): readonly string[] {
  const found: string[] = []
  const higher = (what: string, was: number | undefined, is: number | undefined): void => {
    if (was !== undefined && (is === undefined || is > was)) found.push(what)
  }
  const limits = (what: string, was: BudgetLimits | undefined, is: BudgetLimits | undefined): void =>
    higher(what, was?.cap, is?.cap)
  const budget = (of: string, was: Budget | undefined, is: Budget | undefined): void => {
    for (const period of ['day', 'week', 'month'] as const) {
      limits(`the cap of the ${period}${of}`, was?.[period], is?.[period])
      limits(`each agent’s cap of the ${period}${of}`, was?.each_agent?.[period], is?.each_agent?.[period])
      limits(`each channel’s cap of the ${period}${of}`, was?.each_channel?.[period], is?.each_channel?.[period])
    }
    limits(`the cap of a campaign${of}`, was?.campaign, is?.campaign)
    higher(`the largest change at once${of}`, was?.change_percent?.cap, is?.change_percent?.cap)
  }
  higher('the cap of one action', before.amount?.cap, after.amount?.cap)
  budget('', before.budget, after.budget)
  const scopeOf = (document: PolicyDocument, mark: string): Scope | undefined =>
    document.scopes?.find(({ when }) => markOf(when) === mark)
  for (const scope of before.scopes ?? []) {
    const now = scopeOf(after, markOf(scope.when))
    const of = ` of ${scope.name ?? 'one scope'}`
    higher(`the cap of one action${of}`, scope.amount?.cap, now?.amount?.cap)
    budget(of, scope.budget, now?.budget)
  }
  const caps = (document: PolicyDocument): boolean =>
    [document, ...(document.scopes ?? [])].some(
      ({ amount, budget: its }) => amount?.cap !== undefined || its !== undefined,
    )
  const softened = (document: PolicyDocument): readonly string[] =>
    [document, ...(document.scopes ?? [])].flatMap(({ warn_only }) => warn_only ?? []).filter(isOwners)
  const newly = softened(after).filter((rule) => !softened(before).includes(rule))
  if (newly.some((rule) => !rule.startsWith('always')) && caps(after)) found.push('a cap that would only warn')
  const relaxed = (document: PolicyDocument): readonly string[] =>
    [document, ...(document.scopes ?? [])].flatMap(({ always_a_person }) => always_a_person?.relax ?? [])
  const fewer = relaxed(after).some((one) => !relaxed(before).includes(one))
  if (fewer || newly.some((rule) => rule.startsWith('always'))) found.push('what is always for a person')
  for (const [kind, was] of Object.entries(before.cost_per_person ?? {}))
    if ((after.cost_per_person?.[kind] ?? 0) < was) found.push('a price that caps count with')
  for (const [currency, was] of Object.entries(before.currency_rates ?? {})) {
    const is = after.currency_rates?.[currency]
    if (is !== undefined && is < was) found.push('a rate that caps count with')
  }
  if (loosensApprovals(before.approvals, after.approvals)) found.push('how many people decide')
  if (before.policy_changes?.second_person && !after.policy_changes?.second_person)
    found.push('the second person for changes')
  if ((after.own_approval_below ?? 0) > (before.own_approval_below ?? 0)) found.push('approval of one’s own proposals')
  return [...new Set(found)]
}

const isOwners = (rule: string): boolean => /^(amount|budget|always_a_person)(\.|$)/.test(rule)
