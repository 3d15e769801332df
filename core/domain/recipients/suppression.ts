/** Why somebody must not be contacted, as a person may say it. */
export const SUPPRESSION_REASONS = ['asked', 'bounced', 'complained', 'legal'] as const
/** `erased`: they were forgotten, which only an erasure says; a change of address carries it on. */
export type SuppressionReason = (typeof SUPPRESSION_REASONS)[number] | 'erased'
