/** What is known of the active time of one decision. */
export type ActiveTime =
  | { readonly kind: 'measured'; readonly seconds: number }
  /** A door that shows neither reading nor opening: no longer than `most`, no shorter than `least`. */
  | { readonly kind: 'bounded'; readonly leastSeconds: number; readonly mostSeconds: number }
  | { readonly kind: 'unknown' }

export type TimeSignal = {
  /** c, 0 to 1; 0.5 is no information. */
  readonly confidence: number
  /** Too fast to have been read. It is a rubber stamp only of an approval without edits. Section 4.4. */
  readonly tooFast: boolean
}

const NO_INFORMATION = 0.5
const STAMP_SHARE = 0.25
const STAMP_FEWEST_SECONDS = 2
const STAMP_FEWEST_WORDS = 40

/** R: how long reading takes at about 240 words a minute, in seconds. Section 4.3. */
export const expectedSeconds = (words: number): number => 3 + words / 4

/** c(T): full between a quarter and twice the expected time, then falling to 0 at twenty times. Section 4.3. */
export function timeConfidence(words: number, activeSeconds: number): number {
  const ratio = activeSeconds / expectedSeconds(words)
  if (ratio < STAMP_SHARE) return NO_INFORMATION
  return ratio <= 2 ? 1 : Math.max(0, 1 - Math.log10(ratio / 2))
}

/** Below this active time, in seconds, an approval without edits was not read; 0 for texts under 40 words. Section 4.4. */
export const stampLimitSeconds = (words: number): number =>
  words < STAMP_FEWEST_WORDS ? 0 : Math.max(STAMP_FEWEST_SECONDS, STAMP_SHARE * expectedSeconds(words))

/** What the active time of a decision on so many words says. What cannot be seen is not known, never good. */
export function timeSignal(words: number, time: ActiveTime): TimeSignal {
  const limit = stampLimitSeconds(words)
  switch (time.kind) {
    case 'measured':
      return { confidence: timeConfidence(words, time.seconds), tooFast: time.seconds < limit }
    case 'bounded': {
      const least = timeConfidence(words, time.leastSeconds)
      const most = timeConfidence(words, time.mostSeconds)
      // Between a quarter and twice the expected time c is level, so there both bounds together leave no doubt.
      const isCertain = time.leastSeconds <= time.mostSeconds && least === 1 && most === 1
      return { confidence: isCertain ? 1 : NO_INFORMATION, tooFast: time.mostSeconds < limit }
    }
    case 'unknown':
      return { confidence: NO_INFORMATION, tooFast: false }
  }
}
