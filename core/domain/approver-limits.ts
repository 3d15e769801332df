import type { Json } from './canonical.ts'
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

/** In what the first go further than the second allow; null: in nothing. As with `limitPassed`, the first of several. */
export function widerThan(limits: ApproverLimits | null, bound: ApproverLimits | null): ReturnType<typeof limitPassed> {
  const { categories, channels, amountMinor } = limits ?? {}
  if (bound?.categories && !isAmong(categories, bound.categories)) return 'category'
  if (bound?.channels && !isAmong(channels, bound.channels)) return 'channel'
  if (bound?.amountMinor !== undefined && (amountMinor ?? Infinity) > bound.amountMinor) return 'amount'
  return null
}

/** What all of them allow; null: everything. */
export const narrowest = (all: readonly (ApproverLimits | null)[]): ApproverLimits | null =>
  all.reduce((some, other) => (some === null || other === null ? (some ?? other) : both(some, other)), null)

const isAmong = (some: readonly string[] | undefined, all: readonly string[]): boolean =>
  some?.every((one) => all.includes(one)) ?? false

function both(some: ApproverLimits, other: ApproverLimits): ApproverLimits {
  const categories = sharedBy(some.categories, other.categories)
  const channels = sharedBy(some.channels, other.channels)
  const amountMinor = Math.min(some.amountMinor ?? Infinity, other.amountMinor ?? Infinity)
  return {
    ...(categories ? { categories } : {}),
    ...(channels ? { channels } : {}),
    ...(amountMinor === Infinity ? {} : { amountMinor }),
  }
}

const sharedBy = <T>(some: readonly T[] | undefined, others: readonly T[] | undefined): readonly T[] | undefined =>
  some && others ? some.filter((one) => others.includes(one)) : (some ?? others)

/** As the ledger has them, in the words of the API. */
export const limitsJson = ({ categories, channels, amountMinor }: ApproverLimits): Json => ({
  ...(categories ? { categories: [...categories] } : {}),
  ...(channels ? { channels: [...channels] } : {}),
  ...(amountMinor === undefined ? {} : { amount_minor: amountMinor }),
})
