import { describe, expect, it } from 'vitest'
import {
  keeps,
  median,
  perAction,
  percentile,
  ratioByRound,
  roundOrder,
  spreadOf,
  ticksOf,
} from '../../bench/measure.ts'

describe('percentile', () => {
  it('is the middle of an odd count, and the mean of the two in the middle of an even one', () => {
    expect(median([9, 1, 5])).toBe(5)
    expect(median([4, 1, 3, 2])).toBe(2.5)
  })

  it('lies between the nearest ranks', () => {
    expect(percentile([10, 20, 30, 40, 50], 95)).toBeCloseTo(48)
    expect(percentile([7], 95)).toBe(7)
  })

  it('has no value where nothing was measured', () => {
    expect(median([])).toBeNaN()
  })
})

it('gives the least and the most beside the middle', () => {
  expect(spreadOf([3, 1, 2])).toEqual({ median: 2, least: 1, most: 3, n: 3 })
})

describe('the ratio of two programs', () => {
  it('is taken within each round, so that a slow minute slows both', () => {
    expect(ratioByRound([50, 5, 60], [100, 10, 100])).toEqual({ median: 0.5, least: 0.5, most: 0.6, n: 3 })
  })

  it('leaves out rounds that only one of them ran', () => {
    expect(ratioByRound([50], [100, 200]).n).toBe(1)
  })
})

it('starts each round one program further', () => {
  expect([0, 1, 2, 3].map((round) => roundOrder(['a', 'b', 'c'], round).join(''))).toEqual(['abc', 'bca', 'cab', 'abc'])
  expect(roundOrder([], 5)).toEqual([])
})

it('gives counters for each action, never below zero', () => {
  expect(perAction({ transactions: 10, fsyncs: 7 }, { transactions: 410, fsyncs: 5 }, 100)).toEqual({
    transactions: 4,
    fsyncs: 0,
  })
})

describe('the ticks of a process', () => {
  it('are read past a name with blanks and brackets', () => {
    const stat = '4711 (a (b) c) S 12 1 1 0 -1 4194560 100 0 0 0 30 12 4 2 20 0 1 0 100 1000 10'
    expect(ticksOf(stat)).toEqual({ parent: 12, own: 42, ended: 6 })
  })

  it('are not made up where the process has gone', () => {
    expect(ticksOf('')).toBeNull()
  })
})

it('keeps a limit from its own side, and says nothing of what was not measured', () => {
  expect(keeps(65, { atLeast: 65 })).toBe(true)
  expect(keeps(64.9, { atLeast: 65 })).toBe(false)
  expect(keeps(4, { atMost: 4 })).toBe(true)
  expect(keeps(4.1, { atMost: 4 })).toBe(false)
  expect(keeps(null, { atMost: 4 })).toBeNull()
  expect(keeps(Number.NaN, { atLeast: 1 })).toBeNull()
})
