/** A word of a text. */
export type Token = {
  readonly word: string
  /** Counts up with every sentence, line or list item. */
  readonly sentence: number
}

const WORD_OR_END = /[\p{L}\p{M}\p{N}]+(?:'[\p{L}\p{M}]+)*|[.!?;|·•\n\u3002\uff01\uff1f]/gu
/** A full stop after one of these, or after an initial, ends no sentence. */
const SHORTENED = /^(?:.|dr|mr|mrs|ms|prof|st|nr|vs|inc|ltd|ca|bzw|usw|tel)$/u
const WORD = /[\p{L}\p{N}]/u

/** The words of a folded text in their order. A hyphen parts two words. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = []
  let sentence = 0
  for (const [found] of text.matchAll(WORD_OR_END)) {
    if (WORD.test(found)) tokens.push({ word: found, sentence })
    else if (found !== '.' || !SHORTENED.test(tokens.at(-1)?.word ?? '')) sentence += 1
  }
  return tokens
}
