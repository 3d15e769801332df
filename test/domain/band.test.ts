import { expect, it, test } from 'vitest'
import { type Band, bandOf, type Reach } from '../../core/domain/band.ts'

const reach = (people: number, amountMinor = 0, listShare: number | null = null): Reach => ({
  people,
  amountMinor,
  listShare,
})

test.each<[string, Reach, Band]>([
  ['nobody and nothing', reach(0), 'small'],
  ['100 people', reach(100), 'small'],
  ['101 people', reach(101), 'medium'],
  ['50.00', reach(1, 5_000), 'small'],
  ['50.01', reach(1, 5_001), 'medium'],
  ['5,000 people', reach(5_000), 'medium'],
  ['5,001 people', reach(5_001), 'large'],
  ['500.00', reach(1, 50_000), 'medium'],
  ['500.01', reach(1, 50_001), 'large'],
  ['500.01 for 101 people', reach(101, 50_001), 'large'],
  ['101 people, 10 % of the list', reach(101, 0, 0.1), 'medium'],
  ['101 people, more than 10 % of the list', reach(101, 0, 101 / 1_009), 'large'],
  ['101 people, no list', reach(101, 0, null), 'medium'],
  ['100 people, the whole list', reach(100, 0, 1), 'small'],
  ['the whole list of 100 people for 50.01', reach(100, 5_001, 1), 'medium'],
  ['5,000 people, 9.9 % of the list, 500.00', reach(5_000, 50_000, 0.099), 'medium'],
])('%s is %s', (_name, given, expected) => {
  expect(bandOf(given)).toBe(expected)
})

it('takes the lower numbers of a workspace', () => {
  const limits = { small: { people: 10, amountMinor: 100 }, medium: { people: 20, amountMinor: 200, listShare: 0.01 } }
  const bands = [reach(10, 100, 1), reach(11), reach(11, 0, 0.02), reach(21), reach(1, 201)].map((it) =>
    bandOf(it, limits),
  )
  expect(bands).toEqual(['small', 'medium', 'large', 'large', 'large'])
})
