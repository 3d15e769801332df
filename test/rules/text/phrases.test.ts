import fc from 'fast-check'
import { expect, it } from 'vitest'
import { compilePhrases } from '../../../core/rules/text/phrases.ts'
import { readingOf } from '../../../core/rules/text/reading.ts'
import { anyText } from '../../support/any-text.ts'

const LIST = ['free', 'guaranteed results', '50 % off', 'бесплатно', 'Rückruf', 'best dentist in town']
const phrases = compilePhrases(LIST)
const said = (text: string): readonly string[] =>
  readingOf([text]).parts.flatMap((part) => phrases.in(part).map((index) => LIST[index] ?? ''))

const phrase = fc.constantFrom(...LIST)
const around = fc.constantFrom('', 'Whitening week: ', 'Today only! ', '今週は ', '“')
/** One of some things at each letter, so that every place can be disguised. */
const disguised = (each: fc.Arbitrary<(letter: string) => string>) =>
  fc.tuple(phrase, around, fc.array(each, { minLength: 30, maxLength: 30 })).map(([words, before, ways]) => ({
    words,
    text: before + Array.from(words, (letter, at) => ways[at % ways.length]?.(letter) ?? letter).join(''),
  }))

const INVISIBLE = ['', '\u200b', '\u200d', '\u00ad', '\u2060', '\ufeff', '\u202d', '\u034f', '\u{e0041}']
const TAGS = [
  ['', ''],
  ['<b>', '</b>'],
  ['<span style="color:red">', '</span>'],
  ['<i></i>', ''],
  ['<!-- x -->', ''],
] as const

const hides = (each: fc.Arbitrary<(letter: string) => string>): void => {
  fc.assert(
    fc.property(disguised(each), ({ words, text }) => {
      expect(said(text)).toContain(words)
    }),
    { numRuns: 300 },
  )
}

it('finds phrases whatever invisible characters stand in them', () => {
  hides(fc.constantFrom(...INVISIBLE).map((mark) => (letter) => letter + mark))
})

it('finds phrases whatever their case', () => {
  hides(fc.boolean().map((large) => (letter) => (large ? letter.toUpperCase() : letter.toLowerCase())))
})

it('finds phrases whatever tags stand around their letters', () => {
  hides(
    fc.constantFrom(...TAGS).map(
      ([open, close]) =>
        (letter) =>
          open + letter + close,
    ),
  )
})

it('finds phrases whose letters are written as entities', () => {
  hides(fc.boolean().map((entity) => (letter) => (entity ? `&#${letter.codePointAt(0)};` : letter)))
})

it('finds a thousand phrases in one pass, and the lowest first', () => {
  const many = compilePhrases(Array.from({ length: 1_000 }, (_one, at) => `offer ${at}`))
  const [part] = readingOf(['Take offer 999 or offer 7 or offer 70.']).parts
  expect(part && many.in(part)).toEqual([7, 70, 999])
})

it('finds a phrase among many just as alone', () => {
  const list = [
    ...LIST,
    'fifty',
    'number seven',
    'don',
    "don't",
    'größe',
    '1000',
    '無料',
    'a friend',
    "l'été",
    '!',
    'e',
  ]
  const [all, alone] = [compilePhrases(list), list.map((one) => compilePhrases([one]))]
  fc.assert(
    fc.property(anyText, (text) => {
      const { parts } = readingOf([text])
      for (const part of parts) {
        const own = list.map((_one, at) => at).filter((at) => (alone[at]?.in(part).length ?? 0) > 0)
        expect(all.in(part)).toEqual(own)
      }
    }),
    { numRuns: 500 },
  )
})

it.each([
  ['offer two thousand and one', 'Your OFFER 2,001!'],
  ['offer 2001', 'your offer two thousand and one, today'],
  ['fifty percent off', 'now 50% off'],
  ['fifty', 'only 50 left'],
  ['fünfzig Prozent Rabatt', 'jetzt 50 % Rabatt'],
  ['zone 5 größe', 'zone fünf größe für alle'],
])('finds %j, its numbers in words or digits, in %j', (words, text) => {
  const all = compilePhrases([words, ...Array.from({ length: 20 }, (_one, at) => `deal ${at}`)])
  expect(readingOf([text]).parts.map((part) => all.in(part))).toEqual([[0]])
})

it('reads texts once for all rules', () => {
  const texts = ['Whitening week']
  expect(readingOf(texts)).toBe(readingOf(texts))
})
