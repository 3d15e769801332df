import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { startCell } from '../../../core/domain/trust/cell-state.ts'
import { type Gate, GATE_NAMES, gateLimits, type GateName, type GateStatus } from '../../../core/domain/trust/gate.ts'
import { allHold, type GateEvidence, gatesFor, mayPropose } from '../../../core/domain/trust/gates.ts'
import { EARNED_LEVELS, type EarnedLevel } from '../../../core/domain/trust/promotion-test.ts'
import { cellBefore, everythingHolds } from '../../support/gate-evidence.ts'

const found = (to: EarnedLevel, name: GateName, evidence: GateEvidence): Gate | undefined =>
  gatesFor(to, evidence).find((gate) => gate.name === name)

describe.each(EARNED_LEVELS)('the step to level %d', (to) => {
  test('all its gates hold where everything is in order, once each and in the order of the table', () => {
    const gates = gatesFor(to, everythingHolds(to))
    expect(gates.filter(({ status }) => status !== 'held')).toEqual([])
    const names = gates.map(({ name }) => name)
    expect(names).toEqual(GATE_NAMES.filter((name) => names.includes(name)))
    expect(allHold(gates)).toBe(true)
  })

  test('without consent it may be proposed, and not taken', () => {
    const gates = gatesFor(to, { ...everythingHolds(to), consent: null })
    expect(mayPropose(gates)).toBe(true)
    expect(allHold(gates)).toBe(false)
  })
})

test('only the first step asks for cycles, only later ones for edge cases, only the last for learning', () => {
  const names = (to: EarnedLevel) => gatesFor(to, everythingHolds(to)).map(({ name }) => name)
  expect(EARNED_LEVELS.map((to) => names(to).includes('cycles'))).toEqual([true, false, false])
  expect(EARNED_LEVELS.map((to) => names(to).includes('edge_cases'))).toEqual([false, true, true])
  expect(EARNED_LEVELS.map((to) => names(to).includes('error_recovery'))).toEqual([false, false, true])
})

type Cell = Partial<GateEvidence['cell']>
const edge = (given: Partial<GateEvidence['cell']['edgeCases']>): Cell => ({
  edgeCases: { warranted: 10, unwarranted: 0, missed: 0, missedSerious: 0, kinds: ['a', 'b', 'c'], ...given },
})
const overrides = (...reasons: string[]): Cell => ({
  lastOverrides: [...Array.from({ length: 20 - reasons.length }, () => null), ...reasons],
})
const sensitive = (asked: number, of = 50): Cell => ({ sensitive: '1'.repeat(asked) + '0'.repeat(of - asked) })

test.each<[EarnedLevel, GateName, string, Cell, GateStatus, number | null, number]>([
  [3, 'correct', '19 correct', { correct: 19 }, 'missing', 19, 20],
  [3, 'correct', '20 correct', { correct: 20 }, 'held', 20, 20],
  [4, 'correct', '49 actions', { correct: 90, correctActions: 49 }, 'missing', 49, 50],
  [4, 'correct', '50 actions', { correctActions: 50 }, 'held', 50, 50],
  [5, 'correct', '99 actions', { correct: 900, correctActions: 99 }, 'missing', 99, 100],
  [5, 'correct', '100 actions', { correctActions: 100 }, 'held', 100, 100],
  [3, 'overrides', 'four overrides', overrides('a', 'b', 'a', 'b'), 'held', 4, 4],
  [3, 'overrides', 'five overrides', overrides('a', 'b', 'c', 'd', 'e'), 'missing', 5, 4],
  [3, 'overrides', 'a reason twice', overrides('a', 'a'), 'held', 2, 4],
  [3, 'overrides', 'a reason three times', overrides('a', 'a', 'a'), 'missing', 3, 4],
  [3, 'overrides', 'no reason three times', overrides('', '', ''), 'held', 3, 4],
  [3, 'policy', '29 without failure', { policyStreak: 29 }, 'missing', 29, 30],
  [3, 'policy', '30 without failure', { policyStreak: 30 }, 'held', 30, 30],
  [4, 'policy', '49 without failure', { policyStreak: 49 }, 'missing', 49, 50],
  [5, 'policy', '99 without failure', { policyStreak: 99 }, 'missing', 99, 100],
  [5, 'policy', 'many without failure', { policyStreak: 900 }, 'held', 100, 100],
  [3, 'escalation_rate', 'nothing sensitive', { sensitive: '' }, 'not_applicable_yet', null, 0.1],
  [3, 'escalation_rate', '5 of 50 asked', sensitive(5), 'held', 0.1, 0.1],
  [3, 'escalation_rate', '6 of 50 asked', sensitive(6), 'missing', 0.12, 0.1],
  [4, 'escalation_rate', '2 of 50 asked', sensitive(2), 'held', 0.04, 0.05],
  [4, 'escalation_rate', '3 of 50 asked', sensitive(3), 'missing', 0.06, 0.05],
  [5, 'escalation_rate', '1 of 10 asked', sensitive(1, 10), 'missing', 0.1, 0.05],
  [4, 'edge_cases', 'two cases', edge({ warranted: 2 }), 'missing', 2, 3],
  [4, 'edge_cases', 'three of one kind', edge({ warranted: 3, kinds: ['a'] }), 'held', 3, 3],
  [4, 'edge_cases', 'a serious one missed', edge({ missed: 1, missedSerious: 1 }), 'missing', 11, 3],
  [4, 'edge_cases', 'a mild one missed', edge({ missed: 1 }), 'held', 11, 3],
  [4, 'edge_cases', 'only questions too many', edge({ warranted: 0, unwarranted: 3 }), 'held', 3, 3],
  [4, 'edge_cases', 'none', edge({ warranted: 0, kinds: [] }), 'missing', 0, 3],
  [5, 'edge_cases', 'nine cases', edge({ warranted: 9 }), 'missing', 9, 10],
  [5, 'edge_cases', 'two kinds', edge({ kinds: ['a', 'b'] }), 'missing', 10, 10],
  [5, 'edge_cases', 'recall .9', edge({ warranted: 9, missed: 1 }), 'held', 10, 10],
  [5, 'edge_cases', 'recall below .9', edge({ warranted: 10, missed: 2 }), 'missing', 12, 10],
  [5, 'edge_cases', 'precision .5', edge({ unwarranted: 10 }), 'held', 20, 10],
  [5, 'edge_cases', 'precision below .5', edge({ unwarranted: 11 }), 'missing', 21, 10],
  [3, 'agent_change', 'a changed agent', { correctUntilFull: 3 }, 'held', 3, 0],
  [4, 'agent_change', 'a changed agent', { correctUntilFull: 3 }, 'missing', 3, 0],
])('level %d, %s: %s', (to, name, _case, cell, status, has, needs) => {
  const evidence = everythingHolds(to)
  expect(found(to, name, { ...evidence, cell: { ...evidence.cell, ...cell } })).toMatchObject({ status, has, needs })
})

test.each<[EarnedLevel, number, GateStatus, number]>([
  [3, 16, 'missing', 20],
  [3, 17, 'held', 20],
  [4, 29, 'missing', 20],
  [4, 30, 'held', 20],
  [5, 55, 'missing', 40],
  [5, 56, 'held', 40],
])('level %d, test: %d successes', (to, clean, status, needs) => {
  expect(found(to, 'test', { ...everythingHolds(to), cell: cellBefore(to, clean) })).toMatchObject({ status, needs })
})

test('a baseline that cannot be tested is refused and says so', () => {
  const gate = found(3, 'test', { ...everythingHolds(3), cell: startCell(0.99) })
  expect(gate).toMatchObject({ status: 'missing', has: null })
  expect(gate?.says).toContain('98 %')
})

type Change = (evidence: GateEvidence) => GateEvidence
const service =
  (given: Partial<GateEvidence['service']>): Change =>
  (evidence) => ({ ...evidence, service: { ...evidence.service, ...given } })
const kpi =
  (given: Partial<GateEvidence['service']['kpi']>): Change =>
  (evidence) =>
    service({ kpi: { ...evidence.service.kpi, ...given } })(evidence)
const walls =
  (given: Partial<GateEvidence['service']['walls']>, movesMoney = true): Change =>
  (evidence) =>
    service({ movesMoney, walls: { ...evidence.service.walls, ...given } })(evidence)
const place =
  (given: Partial<GateEvidence['place']>): Change =>
  (evidence) => ({ ...evidence, place: { ...evidence.place, ...given } })
const people =
  (given: Partial<GateEvidence['people']>): Change =>
  (evidence) => ({ ...evidence, people: { ...evidence.people, ...given } })
const lock = (decisions: number) => ({ cause: 'critical_finding', offender: 'other', decisions }) as const
const uncontrolled = { canRandomise: false, lift: null } as const

test.each<[EarnedLevel, GateName, string, Change, GateStatus, number | null, number]>([
  [3, 'score', '59.999', (all) => ({ ...all, score: 59.999 }), 'missing', 59, 60],
  [3, 'score', '60', (all) => ({ ...all, score: 60 }), 'held', 60, 60],
  [4, 'score', '84.999', (all) => ({ ...all, score: 84.999 }), 'missing', 84, 85],
  [5, 'score', '85', (all) => ({ ...all, score: 85 }), 'held', 85, 85],
  [3, 'cycles', '29', (all) => ({ ...all, categoryCycles: 29 }), 'missing', 29, 30],
  [3, 'cycles', '30', (all) => ({ ...all, categoryCycles: 30 }), 'held', 30, 30],
  [3, 'service_level', 'nothing due', service({ last30: null }), 'not_applicable_yet', null, 0.95],
  [3, 'service_level', 'none of none', service({ last30: { kept: 0, due: 0 } }), 'not_applicable_yet', null, 0.95],
  [3, 'service_level', '19 of 20', service({ last30: { kept: 19, due: 20 } }), 'held', 0.95, 0.95],
  [3, 'service_level', '28 of 30', service({ last30: { kept: 28, due: 30 } }), 'missing', 28 / 30, 0.95],
  [4, 'service_level', 'no window', service({ windows: [] }), 'not_applicable_yet', null, 0.95],
  [4, 'service_level', 'one window', service({ windows: [{ kept: 9, due: 9 }] }), 'missing', null, 0.95],
  [
    4,
    'service_level',
    'one of two',
    service({
      windows: [
        { kept: 9, due: 9 },
        { kept: 9, due: 10 },
      ],
    }),
    'missing',
    0.9,
    0.95,
  ],
  [
    4,
    'service_level',
    'the other of two',
    service({
      windows: [
        { kept: 9, due: 10 },
        { kept: 9, due: 9 },
      ],
    }),
    'missing',
    0.9,
    0.95,
  ],
  [
    4,
    'service_level',
    'an empty one of two',
    service({
      windows: [
        { kept: 9, due: 9 },
        { kept: 0, due: 0 },
      ],
    }),
    'not_applicable_yet',
    null,
    0.95,
  ],
  [
    4,
    'service_level',
    'an empty one does not hide a bad one',
    service({
      windows: [
        { kept: 0, due: 0 },
        { kept: 5, due: 10 },
      ],
    }),
    'missing',
    0.5,
    0.95,
  ],
  [
    5,
    'service_level',
    'a bad one long ago',
    service({
      windows: [
        { kept: 9, due: 9 },
        { kept: 9, due: 9 },
        { kept: 0, due: 9 },
      ],
    }),
    'held',
    1,
    0.95,
  ],
  [3, 'benchmarks', 'not set', service({ hasBenchmarks: false }), 'missing', 2, 7],
  [3, 'benchmarks', 'no outcomes', service({ outcomeDelayDays: null }), 'missing', null, 7],
  [3, 'benchmarks', 'after 7 days', service({ outcomeDelayDays: 7 }), 'held', 7, 7],
  [3, 'benchmarks', 'after 8 days', service({ outcomeDelayDays: 8 }), 'missing', 8, 7],
  [3, 'walls', 'a wall that only warns', walls({ topics: 'warn_only' }), 'missing', 3, 4],
  [3, 'walls', 'no budget', walls({ budget: 'missing' }), 'missing', 3, 4],
  [3, 'walls', 'no budget where no money moves', walls({ budget: 'missing' }, false), 'held', 3, 3],
  [3, 'kpi', 'nothing compared', kpi({ lift: null }), 'not_applicable_yet', null, 0],
  [3, 'kpi', 'no lift yet', kpi({ lift: { isConfirmed: false, isLossConfirmed: false } }), 'held', 0, 0],
  [3, 'kpi', 'a loss', kpi({ lift: { isConfirmed: false, isLossConfirmed: true } }), 'missing', 1, 0],
  [4, 'kpi', 'no lift', kpi({ lift: { isConfirmed: false, isLossConfirmed: false } }), 'missing', 2, 2],
  [4, 'kpi', 'one group', kpi({ positiveCohorts: 1 }), 'missing', 1, 2],
  [
    4,
    'kpi',
    'too few conversions to ask for a control',
    kpi({ lift: null, expectedConversionsIn90Days: 399 }),
    'held',
    3,
    3,
  ],
  [4, 'kpi', 'no control possible', kpi(uncontrolled), 'held', 3, 3],
  [4, 'kpi', 'moving budget always needs one', kpi({ ...uncontrolled, reallocates: true }), 'missing', 2, 2],
  [4, 'kpi', 'two periods', kpi({ ...uncontrolled, periodsMet: 2 }), 'missing', 2, 3],
  [4, 'kpi', 'worse than approved', kpi({ ...uncontrolled, isWorseThanApproved: true }), 'missing', 3, 3],
  [4, 'kpi', 'not compared with approved', kpi({ ...uncontrolled, isWorseThanApproved: null }), 'missing', 3, 3],
  [5, 'kpi', 'two reviews', kpi({ reviewsMet: 2 }), 'missing', 2, 3],
  [5, 'kpi', 'three reviews', kpi({ reviewsMet: 3, lift: null }), 'held', 3, 3],
  [3, 'audit_log', 'gaps', service({ auditLog: 'incomplete' }), 'missing', 0, 1],
  [4, 'audit_log', 'not verified', service({ auditLog: 'complete' }), 'held', 1, 1],
  [5, 'audit_log', 'not verified', service({ auditLog: 'complete' }), 'missing', 1, 2],
  [3, 'theatre', 'stamping', people({ isTheatre: true }), 'missing', 1, 0],
  [3, 'override_trend', 'rising', people({ isOverridingMore: true }), 'missing', 1, 0],
  [5, 'error_recovery', 'few errors', people({ errors: 4, learned: 0 }), 'held', 0, 0.8],
  [5, 'error_recovery', 'none', people({ errors: 0, learned: 0 }), 'held', 1, 0.8],
  [5, 'error_recovery', 'three of five', people({ errors: 5, learned: 3 }), 'missing', 0.6, 0.8],
  [3, 'freshness', 'stale', place({ isStale: true }), 'missing', 0, 1],
  [3, 'full_review', 'a lock of another', place({ lock: lock(9) }), 'missing', 1, 0],
  [3, 'full_review', 'after ten decisions', place({ lock: lock(10) }), 'held', 0, 0],
  [3, 'full_review', 'a lock of its own', place({ lock: lock(0), cellName: 'other' }), 'held', 0, 0],
  [4, 'ceiling', 'a ceiling of 3', place({ ceiling: 3 }), 'missing', 3, 4],
  [3, 'ceiling', 'a ceiling of 3', place({ ceiling: 3 }), 'held', 3, 3],
  [3, 'ceiling', 'paused', place({ isPaused: true }), 'missing', 5, 3],
  [3, 'consent', 'none', (all) => ({ ...all, consent: null }), 'missing', 0, 1],
])('level %d, %s: %s', (to, name, _case, change, status, has, needs) => {
  const gate = found(to, name, change(everythingHolds(to)))
  expect(gate).toMatchObject({ status, needs })
  if (has === null) expect(gate?.has).toBeNull()
  else expect(gate?.has).toBeCloseTo(has, 12)
})

test('a workspace may tighten its limits, not loosen them', () => {
  expect(gateLimits(3, { escalationRate: 0.02, serviceLevel: 0.99 })).toMatchObject({
    escalationRate: 0.02,
    serviceLevel: 0.99,
  })
  expect(gateLimits(3, { escalationRate: 0.5, serviceLevel: 0.5 })).toEqual(gateLimits(3))
})

test('what a gate says has its numbers in it', () => {
  const evidence = everythingHolds(4)
  const cell = { ...evidence.cell, ...overrides('tone', 'tone', 'tone') }
  const says = gatesFor(4, { ...evidence, cell, score: 84.999 }).map((gate) => gate.says)
  expect(says).toContain('The score is 84; 85 is needed.')
  expect(says).toContain('3 of the last 20 were overridden; 4 may be, and “tone” was the reason too often.')
  expect(says).toContain('It asked about 0 of the last 50 sensitive actions; at most 5 % may need it.')
})

it('one missing gate is enough to hold a step back', () => {
  const evidence = everythingHolds(4)
  const changes: readonly Change[] = [
    (all) => ({ ...all, score: 0 }),
    people({ isTheatre: true }),
    place({ ceiling: 2 }),
    service({ auditLog: 'incomplete' }),
    walls({ channels: 'missing' }),
  ]
  fc.assert(
    fc.property(fc.subarray([...changes], { minLength: 1 }), (some) => {
      const gates = gatesFor(
        4,
        some.reduce((all, change) => change(all), evidence),
      )
      expect(mayPropose(gates)).toBe(false)
      expect(allHold(gates)).toBe(false)
    }),
  )
})
