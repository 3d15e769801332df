import { describe, expect, it, test } from 'vitest'
import { listed, measuredWords, numberWords, percentWords } from '../../core/rules/in-words.ts'

describe('listed', () => {
  test.each<[readonly string[], number, string]>([
    [[], 40, 'none'],
    [['Colorado'], 40, 'Colorado'],
    [['Colorado', 'Utah'], 40, 'Colorado, Utah'],
    [['Colorado', 'Utah', 'Texas'], 22, 'Colorado, Utah, Texas'],
    [['Colorado', 'Utah', 'Texas'], 20, 'Colorado and 2 more'],
    [['Colorado', 'Utah', 'Texas', 'Ohio'], 25, 'Colorado, Utah and 2 more'],
    [['a'.repeat(100)], 10, `${'a'.repeat(9)}…`],
    [['a'.repeat(100), 'b'], 20, `${'a'.repeat(8)}… and 1 more`],
  ])('%j in %i characters: %s', (names, most, words) => {
    expect(listed(names, most)).toBe(words)
    expect(words.length).toBeLessThanOrEqual(most)
  })
})

describe('percentWords', () => {
  test.each([
    [0.24, 0.1, '24 %', '10 %'],
    [0.101, 0.1, '10.1 %', '10 %'],
    [0.1, 0.1, '10 %', '10 %'],
    [0.599_999, 0.6, '59.9999 %', '60 %'],
    [1.5, 0.5, '150 %', '50 %'],
  ])('%d against %d: %s and %s', (share, limit, shareWords, limitWords) => {
    expect(percentWords(share, limit)).toEqual({ share: shareWords, limit: limitWords })
  })
})

describe('measuredWords', () => {
  test.each([
    [0.182, 0.2, 'en-US', '0.182', '0.2'],
    [0.199_999, 0.2, 'en-US', '0.199999', '0.2'],
    [1_234.5, 50, 'de-DE', '1.235', '50'],
    [5, 5, 'en-US', '5', '5'],
  ])('%d against %d in %s: %s and %s', (value, limit, locale, valueWords, limitWords) => {
    expect(measuredWords(value, limit, locale)).toEqual({ value: valueWords, limit: limitWords })
  })
})

it('writes numbers in the workspace’s own spelling', () => {
  expect([numberWords(1_200, 'en-US'), numberWords(1_200, 'de-DE')]).toEqual(['1,200', '1.200'])
})
