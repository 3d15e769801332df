import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mentionsTopic } from '../../../core/rules/text/mentions-topic.ts'

const recalls = { words: ['recall'], synonyms: ['Rückruf', 'withdrawn from sale', '召回'] }

describe('mentions', () => {
  test.each([
    ['the word', 'We recall the product', 'recall'],
    ['another form', 'The products were recalled', 'recalled'],
    ['another form', 'The recalls go on', 'recalls'],
    ['capitals', 'RECALLED PRODUCTS', 'recalled'],
    ['a synonym of several words', 'It was withdrawn from sale', 'withdrawn from sale'],
    ['a German form', 'Zwei Rückrufe der Bürste', 'rückrufe'],
    ['a German compound', 'Der Produktrückruf betrifft Sie', 'produktrückruf'],
    ['a German compound', 'Die Rückrufaktion beginnt', 'rückrufaktion'],
    ['an umlaut that is spelt out', 'Zwei Rueckrufe', 'rueckrufe'],
    ['German within English', 'Please do mind what we wrote to you about our Rückrufe last week', 'ruckrufe'],
    ['a language without spaces', '我们召回产品', '召回'],
    ['a zero-width space inside', 'The products were reca\u200blled', 'recalled'],
    ['a Cyrillic letter inside', 'The products were r\u0435called', 'recalled'],
    ['markup inside', 'The products were re<b>call</b>ed', 'recalled'],
    ['letters apart', 'r e c a l l e d', 'recalled'],
  ])('%s', (_name, text, expected) => {
    expect(mentionsTopic(['Hello', text], recalls)).toBe(expected)
  })
})

test.each([
  ['another word', 'Call us today'],
  ['a word that ends like it', 'Ask for a callback, or call again'],
  ['nothing', ''],
])('does not mention %s', (_name, text) => {
  expect(mentionsTopic([text], { words: ['recall'] })).toBeNull()
})

test('words of no letters are never mentioned', () => {
  expect(mentionsTopic(['anything'], { words: ['\u200b', '…'] })).toBeNull()
})

test('no invisible character, case or tag hides a form of the word', () => {
  const ways = fc.constantFrom<(letter: string) => string>(
    (letter) => letter,
    (letter) => letter.toUpperCase(),
    (letter) => `${letter}\u200b`,
    (letter) => `\u00ad${letter}`,
    (letter) => `<b>${letter}</b>`,
    (letter) => `&#${letter.codePointAt(0) ?? 0};`,
  )
  const word = fc.constantFrom('recall', 'recalls', 'recalled', 'recalling', 'Rückruf', 'Rückrufe', 'Produktrückruf')
  fc.assert(
    fc.property(word, fc.array(ways, { minLength: 14, maxLength: 14 }), (said, each) => {
      const text = Array.from(said, (letter, at) => each[at]?.(letter) ?? letter).join('')
      expect(mentionsTopic([`Hello, ${text} today`], recalls)).not.toBeNull()
    }),
  )
})
