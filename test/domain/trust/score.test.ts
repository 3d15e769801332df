import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { Attribution } from '../../../core/domain/trust/attribution-signal.ts'
import type { ScoreSums } from '../../../core/domain/trust/day-sums.ts'
import { approvalLcb, displayed, scoreOf } from '../../../core/domain/trust/score.ts'
import { trustVectors, WHERE_ABSENT } from '../../support/trust-vectors.ts'

describe.runIf(trustVectors)(`published scores ${WHERE_ABSENT}`, () => {
  test.each(trustVectors?.betaLcb ?? [])('LCB of $approvals / $rejections', ({ approvals, rejections, lcb10 }) => {
    expect(approvalLcb(approvals, rejections)).toBeCloseTo(lcb10, 6)
  })

  test.each((trustVectors?.score ?? []).map((row) => [JSON.stringify(row.input), row] as const))('%s', (_name, row) => {
    const { approvals, rejections, sumEditQuality, sumTimeConfidence, sumSeverity, attribution } = row.input
    const sums = {
      approvals,
      rejections,
      editQuality: sumEditQuality,
      timeConfidence: sumTimeConfidence,
      severity: sumSeverity,
    }
    const score = scoreOf(sums, attribution)
    expect(Math.abs(score.base - row.score)).toBeLessThan(1e-4)
    for (const signal of ['approval', 'edit', 'severity', 'time'] as const) {
      expect(Math.abs(score.signals[signal] - row.signals[signal])).toBeLessThan(1e-4)
    }
    expect(Math.abs((score.signals.attribution ?? -1) - (row.signals.attribution ?? -1))).toBeLessThan(1e-4)
  })
})

const NOT_APPLICABLE: Attribution = { kind: 'not_applicable' }
const perfect = (approvals: number): ScoreSums => ({
  approvals,
  rejections: 0,
  editQuality: approvals,
  timeConfidence: approvals,
  severity: 0,
})

test('every signal gives its share, of what is present', () => {
  const { contributions, base } = scoreOf(perfect(0), NOT_APPLICABLE)
  expect(contributions.map(({ signal, value, most }) => [signal, value, most])).toEqual([
    ['approval', 0, (100 * 40) / 85],
    ['edit', 0.5, (100 * 20) / 85],
    ['severity', 0.5, (100 * 15) / 85],
    ['time', 0.5, (100 * 10) / 85],
  ])
  expect(base).toBeCloseTo((50 * 0.45) / 0.85, 12)
})

test('with attribution the weights sum to one', () => {
  const { contributions } = scoreOf(perfect(0), { kind: 'pending' })
  expect(contributions.map(({ most }) => most)).toEqual([40, 20, 15, 10, 15])
})

test('severity cannot fall below 0, nor the score under its penalty', () => {
  const sums: ScoreSums = { approvals: 0, rejections: 5, editQuality: 0, timeConfidence: 0, severity: 10 }
  const score = scoreOf(sums, NOT_APPLICABLE, 90)
  expect(score.signals.severity).toBe(0)
  expect(score.base).toBeGreaterThan(0)
  expect(score.shown).toBe(0)
})

test('a penalty is taken from the base', () => {
  const { base, shown } = scoreOf(perfect(50), NOT_APPLICABLE, 15)
  expect(shown).toBe(base - 15)
})

test.each([
  [84.999, 84],
  [85, 85],
  [0, 0],
])('%d is shown as %d', (score, shown) => {
  expect(displayed(score)).toBe(shown)
})

test('a flawless record passes 60 at the 6th decision without attribution, and at the 7th with it pending', () => {
  expect(scoreOf(perfect(5), NOT_APPLICABLE).shown).toBeLessThan(60)
  expect(scoreOf(perfect(6), NOT_APPLICABLE).shown).toBeCloseTo(61.59, 2)
  expect(scoreOf(perfect(6), { kind: 'pending' }).shown).toBeLessThan(60)
  expect(scoreOf(perfect(7), { kind: 'pending' }).shown).toBeCloseTo(63.12, 2)
})

const attribution = fc.oneof(
  fc.constant<Attribution>(NOT_APPLICABLE),
  fc.constant<Attribution>({ kind: 'pending' }),
  fc.record({
    kind: fc.constant('estimate' as const),
    lift: fc.double({ min: -2, max: 2, noNaN: true }),
    standardError: fc.double({ min: 0, max: 2, noNaN: true }),
  }),
)
const share = fc.double({ min: 0, max: 1, noNaN: true })
const anySums: fc.Arbitrary<ScoreSums> = fc
  .record({ approvals: fc.nat({ max: 300 }), rejections: fc.nat({ max: 100 }), q: share, c: share, sev: share })
  .map(({ approvals, rejections, q, c, sev }) => ({
    approvals,
    rejections,
    editQuality: approvals * q,
    timeConfidence: approvals * c,
    severity: rejections * (0.25 + 1.75 * sev),
  }))

it('never reaches 60 with 3 of 3 approvals, for any other signals (law 1)', () => {
  fc.assert(
    fc.property(attribution, share, share, (given, q, c) => {
      const sums = { approvals: 3, rejections: 0, editQuality: 3 * q, timeConfidence: 3 * c, severity: 0 }
      expect(scoreOf(sums, given).shown).toBeLessThanOrEqual(50.93)
    }),
  )
  expect(scoreOf(perfect(3), { kind: 'estimate', lift: 9, standardError: 0 }).shown).toBeCloseTo(50.92, 2)
})

const ULP = 1e-9

it('never falls by an approval of quality 1, nor rises by a rejection, an edit or severity (law 2)', () => {
  fc.assert(
    fc.property(anySums, attribution, fc.double({ min: 0.25, max: 2, noNaN: true }), (sums, given, severity) => {
      const shown = (other: ScoreSums): number => scoreOf(other, given).shown
      const now = shown(sums)
      const better = {
        ...sums,
        approvals: sums.approvals + 1,
        editQuality: sums.editQuality + 1,
        timeConfidence: sums.timeConfidence + 1,
      }
      expect(shown(better)).toBeGreaterThanOrEqual(now - ULP)
      const rejected = { ...sums, rejections: sums.rejections + 1, severity: sums.severity + severity }
      expect(shown(rejected)).toBeLessThanOrEqual(now + ULP)
      expect(shown({ ...sums, editQuality: sums.editQuality * 0.9 })).toBeLessThanOrEqual(now + ULP)
      expect(shown({ ...sums, severity: sums.severity + 0.25 })).toBeLessThanOrEqual(now + ULP)
    }),
  )
})

it('lies between 0 and 100, and its parts sum to it', () => {
  fc.assert(
    fc.property(anySums, attribution, (sums, given) => {
      const { base, contributions } = scoreOf(sums, given)
      expect(base).toBeGreaterThanOrEqual(0)
      expect(base).toBeLessThanOrEqual(100)
      expect(contributions.reduce((sum, { points }) => sum + points, 0)).toBe(base)
      for (const { points, most } of contributions) expect(points).toBeLessThanOrEqual(most)
    }),
  )
})
