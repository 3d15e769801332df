import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { cleaned, collapsed, folded, marksOf, speltOut, withoutMarks } from '../../../core/rules/text/fold.ts'

const characters = fc.string({ unit: 'binary', maxLength: 40 })

it('folds what is folded to itself', () => {
  fc.assert(
    fc.property(characters, (text) => {
      const once = collapsed(folded(text))
      expect(collapsed(folded(once))).toBe(once)
      const bare = withoutMarks(once)
      expect(withoutMarks(bare)).toBe(bare)
    }),
    { numRuns: 2_000 },
  )
})

test.each([
  ['full-width letters keep their case', 'Ｆree', 'Free'],
  ['what nobody can see goes', 'fr\u200b\u00ad\u2060ee', 'free'],
  ['control characters go, line breaks stay', 'a\u0000b\nc', 'ab\nc'],
])('cleaned: %s', (_name, text, expected) => {
  expect(cleaned(text)).toBe(expected)
})

describe('marks', () => {
  test.each([
    ['none are kept in English', 'en', 'naïve café', 'naive cafe'],
    ['umlauts are letters in German', 'de', 'schöne cafés', 'schöne cafes'],
    ['accents are letters in French', 'fr', 'élève', 'élève'],
    ['a sharp s is two', 'de', 'straße', 'strasse'],
    ['other scripts keep theirs', 'en', 'йогурт が', 'йогурт が'],
    ['an unknown language keeps none', null, 'schön', 'schon'],
  ])('%s', (_name, language, text, expected) => {
    expect(withoutMarks(folded(text), marksOf(language))).toBe(expected)
  })
})

test.each([
  ['rückruf', 'rueckruf'],
  ['smørrebrød', 'smoerrebroed'],
  ['plain', 'plain'],
])('%s is also spelt %s', (word, spelt) => {
  expect(speltOut(word)).toBe(spelt)
})
