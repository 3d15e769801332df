import type { Level } from '../ceiling.ts'
import type { Risk } from '../effect.ts'
import type { DataQuality, Sensitivity } from './workflow.ts'

/**
 * The decision matrix: what the data allow, by risk. With patchy data no level is raised. Good data let low and medium
 * risk be carried out, and high risk where the data do not vary; reliable results let it be optimised; mature
 * measurement lets it be run from end to end. What a high risk allows at most is the ceiling's to say.
 */
export const DATA_MATRIX: Readonly<Record<DataQuality, Readonly<Record<Risk, Level>>>> = {
  patchy: { low: 2, medium: 2, high: 2 },
  good: { low: 3, medium: 3, high: 3 },
  reliable: { low: 4, medium: 4, high: 4 },
  mature: { low: 5, medium: 5, high: 5 },
}

export type Frequency = 'frequent' | 'seldom'

/**
 * Frequency by sensitivity: only what runs often and is routine is a candidate for running alone; what is sensitive
 * stays where each one is seen and can be undone; what is both seldom and sensitive stays with approvals.
 */
export const FREQUENCY_MATRIX: Readonly<Record<Frequency, Readonly<Record<Sensitivity, Level>>>> = {
  frequent: { low: 5, high: 3, always_a_person: 2 },
  seldom: { low: 3, high: 2, always_a_person: 2 },
}
