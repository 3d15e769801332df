const DAYS_WITHOUT_A_PERSON = 90

export type Engagement = {
  /** Whole days since a person last did anything here by hand. */
  readonly daysSinceManual: number
  /** Actions in that time, and how many of them the system handled alone. */
  readonly actions: number
  readonly handledAlone: number
  /** Whether anything but the usual was tried in that time. */
  readonly hasVariation: boolean
  /** Whole days since the last invitation to look; null: there was none. */
  readonly daysSinceInvitation: number | null
}

/** Whether a category runs wholly without its people: 90 days, everything handled, nothing varied. Section 7. */
export const isDependent = ({ daysSinceManual, actions, handledAlone, hasVariation }: Engagement): boolean =>
  daysSinceManual >= DAYS_WITHOUT_A_PERSON && actions > 0 && handledAlone === actions && !hasVariation

/** Whether to invite somebody to look: once in each cycle of 90 days. Silence or refusal changes nothing. Section 7. */
export const isInvitationDue = (engagement: Engagement): boolean =>
  isDependent(engagement) &&
  (engagement.daysSinceInvitation === null || engagement.daysSinceInvitation >= DAYS_WITHOUT_A_PERSON)
