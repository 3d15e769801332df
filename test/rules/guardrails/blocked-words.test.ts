import { describe, expect, it, test } from 'vitest'
import { blockedWordsGuardrail } from '../../../core/rules/guardrails/blocked-words.ts'
import { place, subject } from '../../support/guardrail-subject.ts'

const said = (words: string[], ...texts: string[]) =>
  blockedWordsGuardrail({ blocked_words: words })?.(subject({ texts }), place)

describe('finds', () => {
  test.each([
    ['the word', 'free', 'Whitening is free today'],
    ['the whole text', 'free', 'free'],
    ['another case', 'free', 'Whitening is FREE today'],
    ['a rule in another case', 'FREE', 'Whitening is free today'],
    ['before a full stop', 'free', 'It is free.'],
    ['in brackets', 'free', '(free)'],
    ['in mark-up', 'free', '<b>free</b>'],
    ['beside a hyphen', 'free', 'sugar-free'],
    ['beside an underscore', 'free', 'get_free_now'],
    ['beside an emoji', 'free', '🎉free🎉'],
    ['after a word that contains it', 'free', 'freedom is free'],
    ['on a line of its own', 'free', 'Whitening\nfree\ntoday'],
    ['full-width letters', 'free', 'Whitening is ｆｒｅｅ today'],
    ['mathematical letters', 'free', 'Whitening is 𝐟𝐫𝐞𝐞 today'],
    ['letters in circles', 'free', 'Whitening is ⓕⓡⓔⓔ today'],
    ['a ligature', 'office', 'our o\ufb03ce'],
    ['a zero-width space inside', 'free', 'fr\u200bee'],
    ['a zero-width joiner inside', 'free', 'fr\u200dee'],
    ['a soft hyphen inside', 'free', 'fr\u00adee'],
    ['a word joiner inside', 'free', 'fr\u2060ee'],
    ['a byte order mark inside', 'free', 'fr\ufeffee'],
    ['a turn of the direction of writing inside', 'free', 'fr\u202eee'],
    ['an isolate inside', 'free', 'f\u2066re\u2069e'],
    ['a combining grapheme joiner inside', 'free', 'fr\u034fee'],
    ['a variation selector inside', 'free', 'fr\ufe0fee'],
    ['invisible tags inside', 'free', 'fr\u{e0066}ee'],
    ['an invisible character in the rule', 'fr\u200bee', 'It is free'],
    ['a phrase', 'best dentist', 'the best dentist in town'],
    ['a phrase over two spaces', 'best dentist', 'the best  dentist'],
    ['a phrase over a no-break space', 'best dentist', 'the best\u00a0dentist'],
    ['a phrase over a line break', 'best dentist', 'the best\r\n\tdentist'],
    ['spaces around the rule', '  best   dentist ', 'best dentist'],
    ['a number', '100%', 'painless, 100% of the time'],
    ['a sign alone', '€', 'for 50€ only'],
    ['an emoji', '🎉', 'today🎉today'],
    ['an accent, composed', 'cliché', 'no cliche\u0301 here'],
    ['an accent, taken apart', 'cliche\u0301', 'no cliché here'],
    ['Cyrillic', 'бесплатно', 'Сегодня БЕСПЛАТНО!'],
    ['Chinese, which has no spaces', '免费', '本周全免费的洗牙'],
    ['Japanese, which has no spaces', '無料', '今週は無料です'],
    ['half-width Japanese', 'ガイド', 'この\uff76\uff9e\uff72\uff84\uff9eです'],
    ['Thai, which has no spaces', 'ฟรี', 'ทำฟันฟรีวันนี้'],
    ['a Latin word within Japanese', 'free', '今週はfreeです'],
  ])('%s', (_name, word, text) => {
    expect(said([word], text)).toEqual({
      rule: 'blocked_words',
      outcome: 'block',
      text: `It says “${word}”, which must not go out. Without that wording it would pass.`,
    })
  })
})

describe('does not find', () => {
  test.each([
    ['a word inside a longer one', 'free', 'freedom, carefree and freely'],
    ['a word before a digit', 'free', 'free4all'],
    ['a word after a digit', 'free', '4free'],
    ['a number inside a longer one', '100', '1001 nights'],
    ['a phrase whose last word goes on', 'best dentist', 'the best dentistry'],
    ['a phrase whose first word began before', 'best dentist', 'the verybest dentist'],
    ['a phrase with a word in between', 'best dentist', 'the best local dentist'],
    ['the word in pieces', 'free', 'f r e e'],
    ['a word beside a letter with an accent', 'free', 'éfree freeé'],
    ['another word', 'free', 'Whitening week'],
    ['nothing', 'free', ''],
    ['white space', 'free', ' \n '],
    ['nothing but invisible characters', 'free', '\u200b\u200b'],
    ['a word inside a longer Cyrillic one', 'бес', 'бесплатно'],
    ['a word inside a longer Korean one', '무료', '무료함'],
  ])('%s', (_name, word, text) => {
    expect(said([word], text)).toBeNull()
  })
})

it('looks at every text, and at every word', () => {
  expect(said(['free', 'cheap'], 'fine', 'fine', 'cheap')).toMatchObject({ outcome: 'block' })
  expect(said(['free', 'cheap'])).toBeNull()
})

it('names the first word on the list that the first bad text says', () => {
  expect(said(['free', 'cheap'], 'fine', 'cheap and free', 'free')?.text).toContain('“free”')
  expect(said(['free', 'cheap'], 'cheap', 'free')?.text).toContain('“cheap”')
})

it('takes no notice of a rule of nothing but invisible characters or spaces', () => {
  expect(said(['\u200b', '  '], 'anything at all')).toBeNull()
})

test.each([[{}], [{ blocked_words: [] }]])('has nothing to say where the policy is %j', (policy) => {
  expect(blockedWordsGuardrail(policy)).toBeNull()
})

it('says what would pass whatever the length of the phrase', () => {
  const phrase = 'word '.repeat(40).trim()
  const text = said([phrase], phrase)?.text ?? ''
  expect(text.length).toBeLessThanOrEqual(160)
  expect(text).toMatch(/^It says “(?:word ?)+…”, which must not go out\. Without that wording it would pass\.$/)
})
