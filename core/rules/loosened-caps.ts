import type { Budget, BudgetLimits } from './guardrails/budget.ts'
import { levelsOf, type PolicyLevel } from './loosened-lists.ts'
import type { PolicyDocument } from './policy.ts'
import { markOf } from './scope.ts'

type Most = NonNullable<NonNullable<PolicyLevel['recipients']>['most']>

/** The caps that a new policy raises or removes at the top or in one of the scopes, in words. */
export function loosenedCaps(before: PolicyDocument, after: PolicyDocument): readonly string[] {
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
  const level = (of: string, was: PolicyLevel, is: PolicyLevel | undefined): void => {
    higher(`the cap of one action${of}`, was.amount?.cap, is?.amount?.cap)
    budget(of, was.budget, is?.budget)
    higher(`the cap of people reached${of}`, was.exposure?.people?.cap, is?.exposure?.people?.cap)
    higher(`the cap of the share of a list${of}`, was.exposure?.list_share?.cap, is?.exposure?.list_share?.cap)
  }
  level('', before, after)
  const is = levelsOf(after)
  for (const scope of before.scopes ?? []) level(` of ${scope.name ?? 'one scope'}`, scope, is.get(markOf(scope.when)))
  if (moreMessages(before, after)) found.push('how many messages one person gets')
  return found
}

/**
 * Of messages to one person the most specific number holds: one that is new in a scope may stand above any other, and
 * where one is gone the one of the top does.
 */
function moreMessages(before: PolicyDocument, after: PolicyDocument): boolean {
  const was = mostOf(before)
  const is = mostOf(after)
  const raised = [...was].some(([mark, own]) => {
    const now = is.get(mark) ?? is.get('')
    return now === undefined || !isWithin(now, own)
  })
  if (raised) return true
  return [...is].some(([mark, own]) => !was.has(mark) && [...was.values()].some((other) => !isWithin(own, other)))
}

const mostOf = (document: PolicyDocument): ReadonlyMap<string, Most> =>
  new Map(
    [...levelsOf(document)].flatMap(([mark, { recipients }]) => (recipients?.most ? [[mark, recipients.most]] : [])),
  )

const isWithin = (one: Most, other: Most): boolean => one.messages <= other.messages && one.days >= other.days

/** Whether a policy has any cap that could come to only warn. */
export const setsCaps = (document: PolicyDocument): boolean =>
  [...levelsOf(document).values()].some(
    ({ amount, budget, exposure, recipients }) =>
      amount?.cap !== undefined ||
      budget !== undefined ||
      exposure?.people?.cap !== undefined ||
      exposure?.list_share?.cap !== undefined ||
      recipients?.most !== undefined,
  )
