import { expect, test } from 'vitest'
import { type Figure, figure, figureText, isOutside, sampledFigure } from './figure.ts'
import { quantileOf, shareBy, withThreeErrors } from './spread.ts'
import { tableText } from './table.ts'

test.each<[string, Figure, string, boolean]>([
  ['a share within five points', figure('share', 0.61, 0.65), '61 % / 65 %', false],
  ['a share further away', figure('share', 0.59, 0.65), '59 % / 65 % ≠', true],
  ['a small share', figure('share', 0.0285, 0.028), '2.9 % / 2.8 %', false],
  ['a count within a fifth', figure('decisions', 120, 100), '120 / 100', false],
  ['a count further away', figure('decisions', 121, 100), '121 / 100 ≠', true],
  ['a small count one away', figure('decisions', 4, 3), '4 / 3', false],
  ['never, where the page has a number', figure('decisions', Number.POSITIVE_INFINITY, 3), '– / 3 ≠', true],
  ['a number that the page does not print', figure('decisions', 17_169, null), '17,169 / –', false],
  ['actions', figure('actions', 12.06, 12.6), '12.1 / 12.6', false],
  ['of a sample', sampledFigure('decisions', 32, [30, 41], 30, 30), '32 (30 to 41) / 30 / 30', false],
  [
    'of a sample that leaves room for it',
    sampledFigure('share', 0, [0, 0.31], 0, 0.2),
    '0 % (0 % to 31 %) / 0 % / 20 %',
    false,
  ],
  ['of a sample that does not', sampledFigure('decisions', 50, [45, 60], 49, 30), '50 (45 to 60) / 49 / 30 ≠', true],
  [
    'of a sample in which some never came',
    sampledFigure('decisions', 90, [40, Number.POSITIVE_INFINITY], 88, null),
    '90 (40 to never) / 88 / –',
    false,
  ],
  ['of too small a sample', sampledFigure('actions', 1, [Number.NaN, Number.NaN], 2), '1.0 / 2.0 / –', false],
  ['points', figure('points', 74.1, 72), '74 / 72 ≠', true],
])('%s', (_name, one, text, outside) => {
  expect(figureText(one)).toBe(text)
  expect(isOutside(one)).toBe(outside)
})

test('a history in which it never happened counts as the latest', () => {
  const firsts = [30, null, 10, 20]
  expect(shareBy(firsts)).toBe(0.75)
  expect(shareBy(firsts, 20)).toBe(0.5)
  expect(quantileOf(firsts, 0.5)).toBe(20)
  expect(quantileOf(firsts, 0.9)).toBe(Number.POSITIVE_INFINITY)
})

test('three standard errors of one in ten in 900 histories are three in a hundred', () => {
  expect(withThreeErrors(0.1, 900)).toBeCloseTo(0.13, 12)
})

test('a table is Markdown of even width', () => {
  const rows = [{ name: 'a', figures: [figure('points', 1, null)] }]
  expect(tableText({ name: 't', title: 'T', columns: ['row', 'score'], rows })).toBe(
    '| row | score |\n| --- | ----- |\n| a   | 1 / – |',
  )
})
