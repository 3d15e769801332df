import { describe, expect, it, test } from 'vitest'
import { blockedWords } from '../../../core/rules/guardrails/blocked-words.ts'
import { place, subject } from '../../support/guardrail-subject.ts'

const said = (words: string[], ...texts: string[]) => blockedWords.guardrail([words])?.(subject({ texts }), place, {})
const textOf = (words: string[], ...texts: string[]): string => [said(words, ...texts) ?? []].flat()[0]?.text ?? ''

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
    ['the word in pieces', 'free', 'Whitening is f r e e today'],
    ['letters with full stops', 'free', 'f.r.e.e whitening'],
    ['letters with hyphens', 'free', 'F-R-E-E!'],
    ['pieces with full stops and spaces', 'free', 'f . r . e . e'],
    ['letters on lines of their own', 'free', 'f\nr\ne\ne'],
    ['two spaced words with a wider gap', 'free trial', 'f r e e   t r i a l'],
    ['two spaced words, evenly', 'free trial', 'f r e e t r i a l'],
    ['a hyphen inside', 'guaranteed', 'guar-anteed'],
    ['a Cyrillic letter inside', 'free', 'Whitening is fr\u0435e today'],
    ['Cyrillic capitals inside', 'BEST', 'the \u0412\u0415ST dentist'],
    [
      'a word of Cyrillic twins alone, in English',
      'scope',
      'the \u0455\u0441\u043e\u0440\u0435 of our whitening offer',
    ],
    ['a Greek letter inside', 'botox', 'b\u03bftox for everybody'],
    ['an Armenian letter inside', 'no', 'n\u0585 pain'],
    ['Latin letters inside a Cyrillic word', 'бесплатно', 'бecплaтнo сегодня'],
    ['a spaced word with a Cyrillic letter', 'free', 'f r \u0435 e'],
    ['digits for letters', 'guaranteed', 'gu4r4nt33d results'],
    ['a one for an i', 'viagra', 'buy v1agra'],
    ['a one for an l', 'click here', 'c1ick here'],
    ['a dollar sign for an s', 'sale', 'the $ale is on'],
    ['an accent that English has not', 'free', 'Whitening is fr\u00e9e today, for all new patients'],
    ['a stroke through each letter', 'free', 'f\u0336r\u0336e\u0336e\u0336'],
    ['a tower of accents', 'free', 'f\u0300\u0301\u0302ree'],
    ['an accent that the text leaves out', 'cliché', 'not another cliche in our newsletter'],
    ['an umlaut that is spelt out', 'Rückruf', 'der Rueckruf der Zahnpasta'],
    ['a sharp s', 'Straße', 'in der STRASSE'],
    ['Greek capitals, which have no accents', 'δωρεάν', 'ΔΩΡΕΑΝ σήμερα'],
    ['markup inside', 'guaranteed', 'gua<b>ran</b>teed'],
    ['a comment inside', 'guaranteed', 'gua<!-- x -->ranteed'],
    ['hidden text inside', 'guaranteed', 'gua<span style="display:none">x</span>ranteed'],
    ['letters as entities', 'free', '&#102;r&#x65;e'],
    ['a soft hyphen as an entity', 'free', '<p>fr&shy;ee</p>'],
    ['a hidden preheader', 'free', '<div style="display:none;max-height:0">free</div><p>Hello</p>'],
    ['an alternative text', 'free', '<img src="a.png" alt="free whitening">'],
    ['what only Outlook shows', 'free', '<!--[if mso]><p>free</p><![endif]--><p>Hello</p>'],
    ['across blocks', 'best dentist', '<td>best</td><td>dentist</td>'],
    ['turned round', 'free', '\u202eeerf\u202c whitening'],
    ['a tag that HTML does not know', 'free', 'whitening <free> today'],
    ['a tag without an end', 'free', 'whitening <b free'],
    ['a curly apostrophe', "don't", 'don\u2019t wait'],
    ['a no-break hyphen', 'risk-free', 'risk\u2011free'],
    ['a number in words', '50 % off', 'now fifty percent off'],
    ['a number in digits', 'fifty percent off', 'now 50% off'],
    ['a number with other spacing', '50% off', 'now 50 % off'],
    ['a number in German words', '50 % Rabatt', 'jetzt fünfzig Prozent Rabatt'],
    ['a large number in words', '$1,000 guaranteed', '$one thousand guaranteed'],
    ['a compound number', '125 patients', 'one hundred and twenty-five patients'],
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
    ['a word beside a letter with an accent', 'free', 'éfree freeé'],
    ['another word', 'free', 'Whitening week'],
    ['nothing', 'free', ''],
    ['white space', 'free', ' \n '],
    ['nothing but invisible characters', 'free', '\u200b\u200b'],
    ['a word inside a longer Cyrillic one', 'бес', 'бесплатно'],
    ['a word inside a longer Korean one', '무료', '무료함'],
    ['a longer word in pieces', 'free', 'f r e e d o m'],
    ['a Russian word that looks like a Latin one, in Russian', 'cop', 'Это сор, а не золото, говорит наш врач'],
    ['a Greek word that looks like a Latin one, in Greek', 'to', 'το χαμόγελό σας είναι η δουλειά μας'],
    ['another word by its umlaut, in German', 'schon', 'Schön, dass Sie sich bei uns in der Praxis so wohl fühlen'],
    [
      'another word without its umlaut, in German',
      'schön',
      'Das haben wir Ihnen schon letzte Woche für den Termin gesagt',
    ],
    ['a word of digits and letters', 'ed', 'our 3D scan'],
    ['letters of another word in digits', 'free', 'fr33dom for teeth'],
    ['a script', 'free', '<script>free()</script><style>.free{}</style>'],
    ['a comment', 'free', '<!-- free --><p>Hello</p>'],
    ['a tag name or a class', 'free', '<p class="free" id="free">Hello</p>'],
    ['another number', '50% off', 'fifteen percent off'],
    ['a part of a number', '5% off', 'twenty-five percent off'],
    ['two words put together', 'therapist', 'the rapist'],
  ])('%s', (_name, word, text) => {
    expect(said([word], text)).toBeNull()
  })
})

it('looks at every text, and at every word', () => {
  expect(said(['free', 'cheap'], 'fine', 'fine', 'cheap')).toMatchObject({ outcome: 'block' })
  expect(said(['free', 'cheap'])).toBeNull()
})

it('names the first word on the list that the first bad text says', () => {
  expect(textOf(['free', 'cheap'], 'fine', 'cheap and free', 'free')).toContain('“free”')
  expect(textOf(['free', 'cheap'], 'cheap', 'free')).toContain('“cheap”')
})

it('takes no notice of a rule of nothing but invisible characters or spaces', () => {
  expect(said(['\u200b', '  '], 'anything at all')).toBeNull()
})

it('has nothing to say where the list is empty', () => {
  expect(blockedWords.guardrail([[]])).toBeNull()
})

it('adds up what the policy and its scopes forbid', () => {
  const rule = blockedWords.guardrail([['cheap'], ['free']])
  expect(rule?.(subject({ texts: ['free'] }), place, {})).toMatchObject({ outcome: 'block' })
})

it('says what would pass whatever the length of the phrase', () => {
  const phrase = 'word '.repeat(40).trim()
  const text = textOf([phrase], phrase)
  expect(text.length).toBeLessThanOrEqual(160)
  expect(text).toMatch(/^It says “(?:word ?)+…”, which must not go out\. Without that wording it would pass\.$/)
})
