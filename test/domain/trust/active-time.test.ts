import { expect, test } from 'vitest'
import {
  activeSeconds,
  batchItemSeconds,
  type Foreground,
  type Press,
  pressBounds,
} from '../../../core/domain/trust/active-time.ts'

const stretch = (fromMs: number, toMs: number, ...touchedAtMs: number[]): Foreground => ({ fromMs, toMs, touchedAtMs })

test.each<[string, readonly Foreground[], number]>([
  ['never in the foreground', [], 0],
  ['one short look', [stretch(0, 20_000)], 20],
  ['two looks with another window between', [stretch(0, 20_000), stretch(90_000, 100_000)], 30],
  ['a quarter of an hour without a touch', [stretch(0, 900_000)], 60],
  ['touches that bridge it', [stretch(0, 150_000, 50_000, 100_000)], 150],
  ['an idle gap between touches', [stretch(0, 300_000, 30_000, 200_000)], 30 + 60 + 60],
  ['touches outside the stretch', [stretch(100_000, 110_000, 5, 200_000)], 10],
  ['a stretch that ends before it began', [stretch(10_000, 5_000)], 0],
  ['an hour of work', Array.from({ length: 100 }, (_, at) => stretch(at * 60_000, (at + 1) * 60_000)), 1800],
])('%s', (_name, stretches, expected) => {
  expect(activeSeconds(stretches)).toBe(expected)
})

test.each([
  [120, 10, 12],
  [30, 0, 30],
])('%d s for a batch of %d is %d s each', (seconds, items, expected) => {
  expect(batchItemSeconds(seconds, items)).toBe(expected)
})

const press: Press = { postedAtMs: 0, pressedAtMs: 100_000, previousPressAtMs: null, openedAtMs: null }

test.each<[string, Partial<Press>, number, number]>([
  ['since it was posted', {}, 0, 100],
  ['since the press before', { previousPressAtMs: 97_000 }, 0, 3],
  ['a press before it was posted', { previousPressAtMs: -50_000 }, 0, 100],
  ['details that were open', { openedAtMs: 80_000 }, 20, 100],
  ['details that were open for long', { openedAtMs: 10_000 }, 60, 100],
  ['details open, and a press meanwhile', { openedAtMs: 80_000, previousPressAtMs: 95_000 }, 5, 5],
  ['at most half an hour', { pressedAtMs: 7_200_000 }, 0, 1800],
  ['a press before the card, by clocks that differ', { pressedAtMs: -1 }, 0, 0],
])('%s', (_name, given, leastSeconds, mostSeconds) => {
  expect(pressBounds({ ...press, ...given })).toEqual({ kind: 'bounded', leastSeconds, mostSeconds })
})
