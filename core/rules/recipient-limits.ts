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
