import type { Category, Channel } from './category.ts'

/** What a member may approve, besides what the role says; an absent member of it limits nothing. */
export type ApproverLimits = {
  readonly categories?: readonly Category[]
  readonly channels?: readonly Channel[]
  /** Minor units of the workspace's currency; as much as this may still be approved. */
  readonly amountMinor?: number
}

export type Limited = {
  readonly category: Category
  /** Its kind's own, where a label put it into another: both have to be within the limits. */
  readonly ownCategory?: Category
  readonly channel: Channel
  readonly amountMinor: number
}

/** Which limit an approval would pass; null: none. Of several the first, in the order that a person can change them. */
export function limitPassed(limits: ApproverLimits | null, on: Limited): 'category' | 'channel' | 'amount' | null {
  if (limits === null) return null
  const { categories } = limits
  const areWithin = [on.category, on.ownCategory ?? on.category].every((one) => categories?.includes(one) ?? true)
  if (!areWithin) return 'category'
  if (limits.channels !== undefined && !limits.channels.includes(on.channel)) return 'channel'
  if (limits.amountMinor !== undefined && on.amountMinor > limits.amountMinor) return 'amount'
  return null
}

/** The same limits without the amount: taking something back costs nothing. */
export const withoutAmount = (limits: ApproverLimits | null): ApproverLimits | null => {
  if (limits === null) return null
  const { amountMinor: _amountMinor, ...rest } = limits
  return rest
}
