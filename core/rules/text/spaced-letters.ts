const SEPARATED = /(?<=\p{L})[.\-_*·•~^+]+(?=\p{L})/gu
/** Three single letters or more with at most three signs between each two. */
const SPACED = /(?<![\p{L}\p{N}])[\p{L}\p{N}](?:[\s.\-_*·•~^+,/|]{1,3}[\p{L}\p{N}](?![\p{L}\p{N}])){2,}/gu
const GAPS = /[^\p{L}\p{N}]+/gu

/**
 * A text with its spaced-out words put together ("f r e e", "f.r.e.e", "fr-ee"), and the letters of each run that was
 * spaced evenly, where nobody can tell one word from two. Null: there are none. Expects folded text.
 */
export function joinedLetters(text: string): { readonly text: string; readonly runs: readonly string[] } | null {
  const runs: string[] = []
  const joined = text
    .replace(SPACED, (run) => {
      const gaps = run.match(GAPS) ?? []
      const narrowest = Math.min(...gaps.map((gap) => gap.length))
      if (gaps.every((gap) => gap.length === narrowest)) runs.push(run.replace(GAPS, ''))
      // A wider gap is one between two words.
      return run.replace(GAPS, (gap) => (gap.length > narrowest ? ' ' : ''))
    })
    .replace(SEPARATED, '')
  return joined === text ? null : { text: joined, runs }
}
