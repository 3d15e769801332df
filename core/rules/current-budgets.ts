import { CHANNELS } from '../domain/category.ts'
import { type BudgetPeriod, scopeWords } from './budget-charges.ts'
import { dayWindow, monthWindow, weekWindow } from './calendar.ts'
import type { Budget, BudgetLimits } from './guardrails/budget.ts'
import type { PolicyDocument } from './policy.ts'
import { markOf } from './scope.ts'

export type CurrentBudget = {
  readonly window: string
  /** "the month’s budget for email" */
  readonly name: string
  readonly period: BudgetPeriod
  /** Null: it lives as long as its campaign. */
  readonly startsAt: Date | null
  readonly endsAt: Date | null
  readonly limits: BudgetLimits
}

export type BudgetsAt = {
  readonly at: Date
  readonly zone: string
  readonly agents: readonly { readonly id: string; readonly name: string }[]
  /** Counter rows of campaigns that anything was charged to. */
  readonly campaignWindows: readonly string[]
}

const WINDOW_OF = { day: dayWindow, week: weekWindow, month: monthWindow } as const

/** Every budget that a policy sets, with the window that it counts in at a moment. */
export function budgetsNow(
  document: PolicyDocument,
  { at, zone, agents, campaignWindows }: BudgetsAt,
): readonly CurrentBudget[] {
  const of = (budget: Budget, start: string, whose: string): readonly CurrentBudget[] => {
    const periods = (
      prefix: string,
      limits: Pick<Budget, 'day' | 'week' | 'month'>,
      suffix: string,
    ): readonly CurrentBudget[] =>
      (['day', 'week', 'month'] as const).flatMap((period) => {
        const its = limits[period]
        if (!its) return []
        const { name, startsAt, endsAt } = WINDOW_OF[period](at, zone)
        const window = `${start}${prefix}${period}:${name}`
        return [{ window, name: `the ${period}’s budget${suffix}`, period, startsAt, endsAt, limits: its }]
      })
    const { campaign } = budget
    return [
      ...periods('', budget, whose),
      ...agents.flatMap(({ id, name }) =>
        budget.each_agent ? periods(`agent:${id}/`, budget.each_agent, ` of ${name}`) : [],
      ),
      ...CHANNELS.flatMap((channel) =>
        budget.each_channel ? periods(`channel:${channel}/`, budget.each_channel, ` for ${channel}`) : [],
      ),
      ...(campaign
        ? campaignWindows
            .filter((window) => window.startsWith(`${start}campaign:`))
            .map((window) => ({
              window,
              name: 'the budget of a campaign',
              period: 'campaign' as const,
              startsAt: null,
              endsAt: null,
              limits: campaign,
            }))
        : []),
    ]
  }
  return [
    ...(document.budget ? of(document.budget, '', '') : []),
    ...(document.scopes ?? []).flatMap(({ name, when, budget }) =>
      budget ? of(budget, `${markOf(when)}/`, ` for ${scopeWords({ name, ...when })}`) : [],
    ),
  ]
}
