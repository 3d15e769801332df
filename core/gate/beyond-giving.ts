import { type ApproverLimits, widerThan } from '../domain/approver-limits.ts'
import { categoryWords, channelWords } from '../domain/category.ts'
import type { Snapshot } from '../ports/rows.ts'
import { moneyWords } from '../rules/guardrails/guardrail.ts'
import { some } from './decider-right.ts'
import type { Refusal } from './refusal.ts'

/** Why somebody who may give only so much may not give these limits, and what to do; null: they may. */
export function beyondGiving(
  { currency, locale }: Snapshot['workspace'],
  limits: ApproverLimits | null,
  toGive: ApproverLimits | null,
): Refusal | null {
  const said = (most: string): Refusal => ({
    kind: 'not_permitted',
    why: `Nobody gives more than they have: you can give ${most}. Stay within that, or ask an owner.`,
  })
  switch (widerThan(limits, toGive)) {
    case 'category':
      return said(some(toGive?.categories?.map(categoryWords)))
    case 'channel':
      return said(`what goes out over ${some(toGive?.channels?.map(channelWords))}`)
    case 'amount':
      return said(`approvals up to ${moneyWords({ minor: toGive?.amountMinor ?? 0, currency }, locale)}`)
    case null:
      return null
  }
}
