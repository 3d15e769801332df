import fc from 'fast-check'
import type { ApproverLimits, Limited } from '../../core/domain/approver-limits.ts'

const CATEGORIES = ['audience', 'crm_update', 'email_campaign'] as const
const CHANNELS = ['crm', 'email'] as const
const AMOUNTS = [0, 1, 2, 3]
const CATEGORY = fc.constantFrom(...CATEGORIES)
const CHANNEL = fc.constantFrom(...CHANNELS)
const AMOUNT = fc.constantFrom(...AMOUNTS)

/** Few values, so that they meet. */
export const limitsArb: fc.Arbitrary<ApproverLimits | null> = fc.option(
  fc.record(
    {
      categories: fc.uniqueArray(CATEGORY, { maxLength: 3 }),
      channels: fc.uniqueArray(CHANNEL, { maxLength: 2 }),
      amountMinor: AMOUNT,
    },
    { requiredKeys: [] },
  ),
)

export const itArb: fc.Arbitrary<Limited> = fc.record(
  { category: CATEGORY, ownCategory: CATEGORY, channel: CHANNEL, amountMinor: AMOUNT },
  { requiredKeys: ['category', 'channel', 'amountMinor'] },
)

/** Everything that the limits of `limitsArb` tell apart. */
export const everything: readonly Limited[] = CATEGORIES.flatMap((category) =>
  CHANNELS.flatMap((channel) => AMOUNTS.map((amountMinor) => ({ category, channel, amountMinor }))),
)
