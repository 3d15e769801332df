import { expect, test } from 'vitest'
import type { Level } from '../../../core/domain/ceiling.ts'
import type { Risk } from '../../../core/domain/effect.ts'
import { DATA_MATRIX, FREQUENCY_MATRIX, type Frequency } from '../../../core/domain/rollout/matrix.ts'
import {
  DATA_QUALITIES,
  type DataQuality,
  SENSITIVITIES,
  type Sensitivity,
} from '../../../core/domain/rollout/workflow.ts'

const RISKS: readonly Risk[] = ['low', 'medium', 'high']

test.each<[DataQuality, Risk, Level]>([
  ['patchy', 'low', 2],
  ['patchy', 'medium', 2],
  ['patchy', 'high', 2],
  ['good', 'low', 3],
  ['good', 'medium', 3],
  ['good', 'high', 3],
  ['reliable', 'low', 4],
  ['reliable', 'medium', 4],
  ['reliable', 'high', 4],
  ['mature', 'low', 5],
  ['mature', 'medium', 5],
  ['mature', 'high', 5],
])('%s data, %s risk: level %i', (quality, risk, level) => {
  expect(DATA_MATRIX[quality][risk]).toBe(level)
})

test.each<[Frequency, Sensitivity, Level]>([
  ['frequent', 'low', 5],
  ['frequent', 'high', 3],
  ['frequent', 'always_a_person', 2],
  ['seldom', 'low', 3],
  ['seldom', 'high', 2],
  ['seldom', 'always_a_person', 2],
])('%s, sensitivity %s: level %i', (frequency, sensitivity, level) => {
  expect(FREQUENCY_MATRIX[frequency][sensitivity]).toBe(level)
})

test('better data and less sensitivity never give less, more risk never more', () => {
  for (const risk of RISKS) {
    const byQuality = DATA_QUALITIES.map((quality) => DATA_MATRIX[quality][risk])
    expect(byQuality).toEqual(byQuality.toSorted((a, b) => a - b))
  }
  for (const quality of DATA_QUALITIES) {
    const byRisk = RISKS.map((risk) => DATA_MATRIX[quality][risk])
    expect(byRisk).toEqual(byRisk.toSorted((a, b) => b - a))
  }
  for (const frequency of ['frequent', 'seldom'] as const) {
    const bySensitivity = SENSITIVITIES.map((sensitivity) => FREQUENCY_MATRIX[frequency][sensitivity])
    expect(bySensitivity).toEqual(bySensitivity.toSorted((a, b) => b - a))
  }
})
