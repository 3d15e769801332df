import { withoutMarks } from './fold.ts'

/** A word of a text. */
export type Token = {
  readonly word: string
  /** Counts up with every sentence, line or list item. */
  readonly sentence: number
}

const ASCII = /^[\t\n\r -~]*$/
const WORD_OR_END = /[\p{L}\p{M}\p{N}]+(?:'[\p{L}\p{M}]+)*|[.!?;|·•\n\u3002\uff01\uff1f]/gu
/** A full stop after one of these, or after an initial, ends no sentence. */
const SHORTENED = /^(?:.|dr|mr|mrs|ms|prof|st|nr|vs|inc|ltd|ca|bzw|usw|tel)$/u
const WORD = /[\p{L}\p{N}]/u

/** The words of a folded text in their order. A hyphen parts two words. */
export function tokensOf(text: string): readonly Token[] {
  if (ASCII.test(text)) return tokensOfAscii(text)
  const tokens: Token[] = []
  let sentence = 0
  for (const [found] of text.matchAll(WORD_OR_END)) {
    if (WORD.test(found)) tokens.push({ word: found, sentence })
    else if (found !== '.' || !SHORTENED.test(tokens.at(-1)?.word ?? '')) sentence += 1
  }
  return tokens
}

const RUN = /[a-z0-9]+/g
const JOINED = /[a-z0-9]+(?:'[a-z][a-z0-9]*)*/g

/**
 * What a folded text may be searched for, each once: the words of its tokens, and every unbroken run of plain letters and
 * digits, with and without its marks.
 */
export function wordsOf(text: string, tokens: () => readonly Token[]): ReadonlySet<string> {
  const words = new Set<string>(text.match(RUN))
  if (!ASCII.test(text)) {
    for (const run of withoutMarks(text).match(RUN) ?? []) words.add(run)
    for (const { word } of tokens()) words.add(word)
  } else if (text.includes("'")) for (const word of text.match(JOINED) ?? []) words.add(word)
  return words
}

const ENDS = new Set(Array.from('.!?;|\n', (end) => end.charCodeAt(0)))
const APOSTROPHE = 39

/** The same of a text of English letters, which most are. */
function tokensOfAscii(text: string): readonly Token[] {
  const tokens: Token[] = []
  let sentence = 0
  for (let at = 0; at < text.length; ) {
    const from = at
    while (isLetter(text.charCodeAt(at)) || (text.charCodeAt(at) === APOSTROPHE && isInside(text, from, at))) at += 1
    if (at > from) tokens.push({ word: text.slice(from, at), sentence })
    else {
      const unit = text.charCodeAt(at)
      if (ENDS.has(unit) && (unit !== 46 || !SHORTENED.test(tokens.at(-1)?.word ?? ''))) sentence += 1
      at += 1
    }
  }
  return tokens
}

const isLetter = (unit: number): boolean =>
  (unit >= 97 && unit <= 122) || (unit >= 48 && unit <= 57) || (unit >= 65 && unit <= 90)

/** An apostrophe joins what is before it to letters, not to digits. */
const isInside = (text: string, from: number, at: number): boolean => {
  const next = text.charCodeAt(at + 1)
  return at > from && isLetter(next) && next > 57
}
