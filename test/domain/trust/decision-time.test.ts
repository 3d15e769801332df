import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  type ActiveTime,
  expectedSeconds,
  stampLimitSeconds,
  timeConfidence,
  timeSignal,
} from '../../../core/domain/trust/decision-time.ts'
import { trustVectors, WHERE_ABSENT } from '../../support/trust-vectors.ts'

describe.runIf(trustVectors)(`published times ${WHERE_ABSENT}`, () => {
  test.each(trustVectors?.time ?? [])('$words words in $activeSeconds s', (row) => {
    expect(expectedSeconds(row.words)).toBeCloseTo(row.expectedSeconds, 6)
    const signal = timeSignal(row.words, { kind: 'measured', seconds: row.activeSeconds })
    expect(signal.confidence).toBeCloseTo(row.confidence, 4)
    expect(signal.tooFast).toBe(row.rubberStamp)
  })
})

const bounded = (leastSeconds: number, mostSeconds: number): ActiveTime => ({
  kind: 'bounded',
  leastSeconds,
  mostSeconds,
})

/** 200 words: R = 53 s, so c is level from 13.25 to 106 s, and under 13.25 s it is too fast. */
test.each<[string, ActiveTime, number, boolean]>([
  ['just too fast', { kind: 'measured', seconds: 13.24 }, 0.5, true],
  ['just read', { kind: 'measured', seconds: 13.25 }, 1, false],
  ['at twice the expected time', { kind: 'measured', seconds: 106 }, 1, false],
  ['at four times', { kind: 'measured', seconds: 212 }, 1 - Math.log10(2), false],
  ['at twenty times', { kind: 'measured', seconds: 1060 }, 0, false],
  ['not known', { kind: 'unknown' }, 0.5, false],
  ['at most too fast', bounded(0, 10), 0.5, true],
  ['perhaps too fast', bounded(0, 60), 0.5, false],
  ['both bounds within reading', bounded(14, 100), 1, false],
  ['perhaps too slow', bounded(14, 200), 0.5, false],
  ['both bounds equally slow', bounded(212, 212), 0.5, false],
  ['bounds that contradict each other', bounded(60, 50), 0.5, false],
])('200 words, %s', (_name, time, confidence, tooFast) => {
  const signal = timeSignal(200, time)
  expect(signal.confidence).toBeCloseTo(confidence, 12)
  expect(signal.tooFast).toBe(tooFast)
})

test.each([
  [39, 0],
  [40, 0.25 * 13],
  [200, 13.25],
])('%d words may not be approved under %d s', (words, limit) => {
  expect(stampLimitSeconds(words)).toBe(limit)
})

it('is between 0 and 1, and unmeasured time is never better than no information unless both bounds prove it', () => {
  const seconds = fc.double({ min: 0, max: 5_000, noNaN: true })
  fc.assert(
    fc.property(fc.nat({ max: 3_000 }), seconds, seconds, (words, a, b) => {
      const confidence = timeConfidence(words, a)
      expect(confidence).toBeGreaterThanOrEqual(0)
      expect(confidence).toBeLessThanOrEqual(1)
      const [least, most] = [Math.min(a, b), Math.max(a, b)]
      if (timeSignal(words, bounded(least, most)).confidence === 1) {
        expect(timeConfidence(words, (least + most) / 2)).toBe(1)
      }
    }),
  )
})
