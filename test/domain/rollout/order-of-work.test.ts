import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  type Candidate,
  FIRST_GRANT_DAY,
  MOST_AT_ONCE,
  NEW_FOR_DAYS,
  orderOfWork,
} from '../../../core/domain/rollout/order-of-work.ts'

const candidate = (scope: string, given: Partial<Candidate> = {}): Candidate => ({
  scope,
  readyDay: 1,
  isBeside: false,
  record: 0.1,
  sensitivity: 'low',
  risk: 'low',
  runsPerMonth: 10,
  ...given,
})
const dayOf = (scope: string, day: number) => ({ scope, day })

test.each<[string, readonly Candidate[], readonly number[], number, readonly { scope: string; day: number }[]]>([
  ['nothing to do', [], [], 1, []],
  ['not before day 31', [candidate('a')], [], 1, [dayOf('a', 31)]],
  ['not before it is ready', [candidate('a', { readyDay: 44 })], [], 1, [dayOf('a', 44)]],
  ['not in the past', [candidate('a')], [], 50, [dayOf('a', 50)]],
  [
    'three at once, the fourth when they are no longer new',
    ['a', 'b', 'c', 'd'].map((scope) => candidate(scope)),
    [],
    1,
    [dayOf('a', 31), dayOf('b', 31), dayOf('c', 31), dayOf('d', 61)],
  ],
  [
    'what is ready goes before what is better but is not',
    [candidate('a', { readyDay: 40, record: 0.9 }), candidate('b'), candidate('c'), candidate('d')],
    [],
    1,
    [dayOf('b', 31), dayOf('c', 31), dayOf('d', 31), dayOf('a', 61)],
  ],
  ['those given already take room', [candidate('a')], [20, 25, 30], 35, [dayOf('a', 50)]],
  ['and none when they are old', [candidate('a')], [1, 2, 3], 35, [dayOf('a', 35)]],
  ['more than three were given', [candidate('a')], [30, 31, 32, 33], 35, [dayOf('a', 61)]],
])('%s', (_name, candidates, grantedOn, today, expected) => {
  expect(orderOfWork(candidates, grantedOn, today)).toEqual(expected)
})

describe('the order', () => {
  test.each<[string, Partial<Candidate>, Partial<Candidate>]>([
    ['beside what held', { isBeside: true }, { record: 0.9 }],
    ['the stronger record', { record: 0.9, sensitivity: 'high' }, { record: 0.8 }],
    ['the routine', { risk: 'high' }, { sensitivity: 'high' }],
    ['the safe', { runsPerMonth: 1 }, { risk: 'medium' }],
    ['the frequent', { runsPerMonth: 20 }, { runsPerMonth: 10 }],
  ])('%s first', (_name, first, second) => {
    const found = orderOfWork([candidate('a', second), candidate('b', first)], [], 1)
    expect(found.map(({ scope }) => scope)).toEqual(['b', 'a'])
  })

  it('is by name where all else is the same', () => {
    expect(orderOfWork([candidate('b'), candidate('a')], [], 1).map(({ scope }) => scope)).toEqual(['a', 'b'])
  })
})

it('has every scope once, never early, and never more than three new at once', () => {
  const any = fc.uniqueArray(
    fc.record({
      scope: fc.stringMatching(/^[a-z]{1,3}$/),
      readyDay: fc.integer({ min: -20, max: 400 }),
      isBeside: fc.boolean(),
      record: fc.double({ min: 0, max: 1, noNaN: true }),
      sensitivity: fc.constantFrom('low' as const, 'high' as const),
      risk: fc.constantFrom('low' as const, 'medium' as const, 'high' as const),
      runsPerMonth: fc.double({ min: 0.1, max: 100, noNaN: true }),
    }),
    { selector: ({ scope }) => scope, maxLength: 12 },
  )
  fc.assert(
    fc.property(
      any,
      fc.array(fc.integer({ min: -60, max: 60 }), { maxLength: 3 }),
      fc.nat(120),
      (all, given, today) => {
        const granted = given.filter((day) => day <= today)
        const planned = orderOfWork(all, granted, today)
        expect(planned.map(({ scope }) => scope).toSorted()).toEqual(all.map(({ scope }) => scope).toSorted())
        for (const { scope, day } of planned) {
          const ready = all.find((one) => one.scope === scope)?.readyDay ?? 0
          expect(day).toBeGreaterThanOrEqual(Math.max(FIRST_GRANT_DAY, today, ready))
          const fresh = [...granted, ...planned.map((one) => one.day)].filter(
            (other) => other <= day && other + NEW_FOR_DAYS > day,
          )
          expect(fresh.length).toBeLessThanOrEqual(MOST_AT_ONCE)
        }
      },
    ),
  )
})
