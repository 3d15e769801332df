import type { RecipientLimits } from '../domain/recipients/reach.ts'
import type { PolicyDocument } from './policy.ts'

/**
 * What the policy asks for before somebody is messaged. Where it is silent, withdrawals and suppressions count all the
 * same, and nothing else.
 */
export function exposureLimitsOf({ recipients }: PolicyDocument): RecipientLimits {
  return { consent: recipients?.consent ?? 'not_suppressed', most: recipients?.most ?? null }
}

/** Whether the policy itself says whom to reach: then whoever was not looked at is not reached. */
export const asksOfRecipients = ({ consent, most }: RecipientLimits): boolean => consent === 'required' || most !== null
