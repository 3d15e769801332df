import { DEFAULT_SEVERITY, type Severity } from '../decision.ts'

const WEIGHT: Readonly<Record<Severity, number>> = { preference: 0.25, minor: 0.5, major: 1, critical: 2 }

/** What one rejection of this class adds to the sum of severity; 0.25 to 2. Section 4.2. */
export const severityWeight = (severity: Severity): number => WEIGHT[severity]

/** A rejection or an undo without a stated reason is major. Section 2. */
export const severityOf = (stated: Severity | null): Severity => stated ?? DEFAULT_SEVERITY

/** Whether it is an error that the counts of correct decisions start again from. Section 5.2. */
export const isSerious = (severity: Severity): boolean => severity === 'major' || severity === 'critical'
