import type { MemberId } from '../../core/domain/ids.ts'
import type { Person } from '../../core/domain/rights.ts'

/** An approver without limits, whose token nobody else ever had. */
export const aPerson = (id: MemberId, more: Partial<Person> = {}): Person => ({
  id,
  name: id,
  role: 'approver',
  limits: null,
  disabledAt: null,
  slackUserId: null,
  tokenHands: [],
  tokenOwnSince: null,
  formerTokens: [],
  ...more,
})
