import { cleaned } from './fold.ts'

const FEWEST_LETTERS = 20
const EMOJI =
  /\p{Regional_Indicator}{2}|[0-9#*]\ufe0f?\u20e3|(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f)\p{Emoji_Modifier}?(?:\u200d\p{Extended_Pictographic}\ufe0f?\p{Emoji_Modifier}?)*/gu
const EXCLAMATION_EMOJI = /[\u2755\u2757]/gu

/** Exclamation marks of a text, in any width, doubled ones twice, those that are emoji included. */
export const exclamationMarksOf = (text: string): number =>
  (cleaned(text).match(/!/g)?.length ?? 0) + (text.match(EXCLAMATION_EMOJI)?.length ?? 0)

/** Pictures in a text; one made of several is one. */
export const emojiOf = (text: string): number => text.match(EMOJI)?.length ?? 0

/** Capital letters of all letters that have a capital form, in whole percent, rounded up; 0 for a few letters. */
export function capitalsOf(text: string): number {
  const letters = cleaned(text).match(/\p{Lu}|\p{Ll}/gu) ?? []
  if (letters.length < FEWEST_LETTERS) return 0
  return Math.ceil((letters.filter((letter) => /\p{Lu}/u.test(letter)).length * 100) / letters.length)
}
