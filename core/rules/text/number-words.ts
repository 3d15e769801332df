import { lazily } from './lazily.ts'

const UNITS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'
const EINER =
  'null ein zwei drei vier funf sechs sieben acht neun zehn elf zwolf dreizehn vierzehn funfzehn sechzehn siebzehn achtzehn neunzehn'
const ZEHNER = 'zwanzig dreissig vierzig funfzig sechzig siebzig achtzig neunzig'

const PERCENT = /(\d) ?(?:%|percent\b|per cent\b|pct\b|prozent\b|v\. ?h\.)/g
const GROUPED = /(?<![\d.,])(\d{1,3})((?:[.,' ]\d{3})+)(?!\d)/g

/** A word for a number below a hundred, or a whole German one below a million. Unmarked letters. */
const numbers = lazily((): ReadonlyMap<string, number> => {
  const all = new Map<string, number>()
  UNITS.split(' ').forEach((word, value) => all.set(word, value))
  TENS.split(' ').forEach((word, index) => all.set(word, 20 + index * 10))
  const below = new Map<string, number>()
  EINER.split(' ').forEach((word, value) => below.set(word, value))
  ZEHNER.split(' ').forEach((word, index) => {
    const tens = 20 + index * 10
    below.set(word, tens)
    EINER.split(' ')
      .slice(1, 10)
      .forEach((unit, value) => below.set(`${unit}und${word}`, tens + value + 1))
  })
  for (const [word, value] of below) {
    // "ein" and "acht" are also an article and a noun, but nobody is hurt when they are read as numbers.
    if (word !== 'ein') all.set(word, value)
    if (value > 0 && value < 10) {
      all.set(`${word}hundert`, value * 100)
      for (const [rest, more] of below) if (more > 0) all.set(`${word}hundert${rest}`, value * 100 + more)
    }
    if (value > 0) all.set(`${word}tausend`, value * 1000)
  }
  all.set('hundert', 100).set('tausend', 1000)
  for (const [rest, more] of below) if (more > 0) all.set(`hundert${rest}`, 100 + more)
  return all
})

const SCALES: ReadonlyMap<string, number> = new Map([
  ['hundred', 100],
  ['thousand', 1000],
  ['million', 1_000_000],
])
/** Where a number may begin, or a part of one; also within words. */
const BEGINS = new RegExp(
  [UNITS, TENS, EINER, ZEHNER, 'fuenf zwoelf hundert tausend', ...SCALES.keys()]
    .join(' ')
    .replaceAll('u', '[uü]')
    .replaceAll('o', '[oö]')
    .replaceAll(' ', '|'),
  'gu',
)
const ENDS_IN_WORD = /[\p{L}\d]$/u
const WORD = /([\p{L}\d]+)([^\p{L}\d]*)/uy
const UMLAUTS: Readonly<Record<string, string>> = { fuenf: 'funf', zwoelf: 'zwolf' }
const MARKED = /[üö]|fuenf|zwoelf/

const plain = (word: string): string =>
  MARKED.test(word)
    ? word
        .replace(/[üö]/g, (letter) => (letter === 'ü' ? 'u' : 'o'))
        .replace(/fuenf|zwoelf/g, (spelt) => UMLAUTS[spelt] ?? spelt)
    : word

/**
 * Folded text with numbers in digits and percentages as `50%`: "fifty percent", "fünfzig Prozent", "1,000". English
 * and German. A lone "one" or "ein" stays the word that it mostly is.
 */
export function withDigits(text: string): string {
  let read = ''
  let from = 0
  for (const { index } of text.matchAll(BEGINS)) {
    if (index < from || ENDS_IN_WORD.test(text.slice(Math.max(0, index - 2), index))) continue
    const number = numberAt(text, index)
    if (number === null) continue
    read += `${text.slice(from, index)}${number.value}`
    from = number.end
  }
  return (read + text.slice(from))
    .replace(GROUPED, (_all, first: string, rest: string) => first + rest.replace(/\D/g, ''))
    .replace(PERCENT, '$1%')
}

/** `end`: the place after it. */
type Read = { readonly value: number; readonly end: number }

/** The number that starts with the word there, over as many words as belong to it. */
function numberAt(text: string, start: number): Read | null {
  let total = 0
  let group = 0
  let end = start
  let last = Infinity
  for (let at = start; ; ) {
    WORD.lastIndex = at
    const [, spelt = '', gap = ''] = WORD.exec(text) ?? []
    const word = plain(spelt)
    const scale = SCALES.get(word)
    const value = numbers().get(word)
    if (scale !== undefined) {
      if (scale === 100) group = (group || 1) * 100
      else {
        total += (group || 1) * scale
        group = 0
      }
      last = scale
    } else if (value !== undefined && (at === start || value < Math.min(last, last > 19 && last < 100 ? 10 : last))) {
      group += value
      last = value
    } else if (word !== 'and' || at === start || last < 100) break
    if (word !== 'and') end = at + spelt.length
    if (!/^[ -]$/.test(gap)) break
    at += spelt.length + 1
  }
  const isLone = text.slice(start, end) === 'one' && !/^ ?(?:%|per)/.test(text.slice(end, end + 4))
  return end === start || isLone ? null : { value: total + group, end }
}
