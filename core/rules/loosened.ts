import { loosensApprovals } from './approvals-policy.ts'
import { loosenedCaps, setsCaps } from './loosened-caps.ts'
import { losesWhatAPersonSees, newlyTrue } from './loosened-lists.ts'
import type { PolicyDocument } from './policy.ts'

/**
 * What a new policy loosens that only an owner may: a cap that is raised or removed (by its number, by making what it
 * counts cheaper, by moving its scope away, or by letting it only warn), what is always for a person, and own
 * approvals. Scope by scope: what held in one place is no excuse for another. In words, for the refusal.
 */
export function loosened(before: PolicyDocument, after: PolicyDocument): readonly string[] {
  const found: string[] = [...loosenedCaps(before, after)]
  const softened = newlyTrue(before, after, ({ warn_only }) => warn_only?.filter(isOwners), isCovered)
  if (softened.some((rule) => !rule.startsWith('always')) && setsCaps(after)) found.push('a cap that would only warn')
  if (softened.some((rule) => rule.startsWith('always')) || losesWhatAPersonSees(before, after))
    found.push('what is always for a person')
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

const isOwners = (rule: string): boolean => /^(amount|budget|exposure|recipients|always_a_person)(\.|$)/.test(rule)

/** A whole section that only warns has each of its rules only warn. */
const isCovered = (had: readonly string[], rule: string): boolean =>
  had.includes(rule) || had.includes(rule.split('.')[0] ?? rule)
