import type { RecipientLimits } from '../domain/recipients/reach.ts'
import type { PolicyDocument } from './policy.ts'

type Asks = NonNullable<PolicyDocument['recipients']>

/**
 * What a policy and its scopes, the most specific first, ask for before somebody is messaged: consent where any of them
 * requires it, and the most specific number of messages. Where they are silent, withdrawals and suppressions count all
 * the same, and nothing else.
 */
export const recipientLimits = (values: readonly Asks[]): RecipientLimits => ({
  consent: values.some(({ consent }) => consent === 'required') ? 'required' : 'not_suppressed',
  most: values.find(({ most }) => most !== undefined)?.most ?? null,
})

/** Whether the policy itself says whom to reach: then whoever was not looked at is not reached. */
export const asksOfRecipients = ({ consent, most }: RecipientLimits): boolean => consent === 'required' || most !== null

/** What both ask for: consent where either does, and the fewer messages a day. */
export function stricterLimits(a: RecipientLimits, b: RecipientLimits): RecipientLimits {
  const perDay = ({ most }: RecipientLimits): number => (most === null ? Infinity : most.messages / most.days)
  const consent = a.consent === 'required' || b.consent === 'required' ? 'required' : 'not_suppressed'
  return { consent, most: perDay(a) <= perDay(b) ? a.most : b.most }
}
