import { remove } from 'confusables'

const WORD = /[\p{L}\p{M}\p{N}@$€|]+/gu
const LATIN = /\p{Script=Latin}/u
const CYRILLIC = /\p{Script=Cyrillic}/u
const GREEK = /\p{Script=Greek}/u
/** Scripts whose letters are drawn like Latin ones often enough to deceive; those of East Asia are not. */
const DECEIVING =
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Coptic}\p{Script=Lisu}\p{Script=Hebrew}\p{Script=Canadian_Aboriginal}\p{Script=Georgian}\p{Script=Old_Italic}\p{Script=Deseret}\p{Script=Osage}]/u
const MAY_DECEIVE = /[a-z][0134570@$€|]|[0134570@$€|][a-z]|[^\0-\x7f]/u
const FOR_LETTER = /[013457@$€|]/g
const AS_LETTER: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '€': 'e',
  '|': 'l',
}
/** A word in which a digit stands for a letter is at least this long: "3d", "b2b" and "h2o" are words of their own. */
const SHORTEST_DISGUISE = 4

/** Letters that look just like Latin ones in the small or the capital form: a whole word of them passes for a Latin word. */
const TWINS = new Set('аеорсухіјѕһԁԛԝӏвкмнтгαοερυνικτχγβηζμσω')
const CYRILLIC_OF: Readonly<Record<string, string>> = {
  a: 'а',
  b: 'в',
  c: 'с',
  e: 'е',
  h: 'н',
  i: 'і',
  j: 'ј',
  k: 'к',
  m: 'м',
  o: 'о',
  p: 'р',
  s: 'ѕ',
  t: 'т',
  x: 'х',
  y: 'у',
}
const GREEK_OF: Readonly<Record<string, string>> = {
  a: 'α',
  b: 'β',
  e: 'ε',
  h: 'η',
  i: 'ι',
  k: 'κ',
  m: 'μ',
  n: 'ν',
  o: 'ο',
  p: 'ρ',
  t: 'τ',
  u: 'υ',
  v: 'ν',
  x: 'χ',
  y: 'υ',
  z: 'ζ',
}

/** Whether most letters of a text are Latin: only there can a word of Cyrillic or Greek twins pass for a Latin one. */
export function mostlyLatin(text: string): boolean {
  const others = text.match(/(?=\p{L})\P{Script=Latin}/gu)?.length ?? 0
  return others === 0 || others * 2 < (text.match(/\p{L}/gu)?.length ?? 0)
}

/**
 * What else a folded text may be read as (`isLatin`: whether the texts around it mostly are): words that mix scripts, or letters and digits, with the letters that they look
 * like. Words of one script are left alone, so that a Russian or Greek text never turns into Latin words; in a text that
 * is mostly Latin, a word of nothing but twins of Latin letters is read as Latin, and the other way round.
 */
export function lookAlikeReadings(text: string, isLatin: () => boolean): readonly string[] {
  if (!MAY_DECEIVE.test(text)) return []
  const latin = isLatin()
  const readings = new Set([
    text.replace(WORD, (word) => (passesForLatin(word, latin) ? asLatin(word, 'i') : word)),
    text.replace(WORD, (word) => (passesForLatin(word, latin) ? asLatin(word, 'l') : word)),
    text.replace(WORD, (word) => asOther(word, latin)),
  ])
  readings.delete(text)
  return [...readings]
}

function passesForLatin(word: string, latin: boolean): boolean {
  if (DECEIVING.test(word))
    return LATIN.test(word) || mixesOthers(word) || (latin && Array.from(word).every((one) => TWINS.has(one)))
  return word.length >= SHORTEST_DISGUISE && /[013457@$€|]/.test(word) && (word.match(/\p{L}/gu)?.length ?? 0) >= 2
}

const mixesOthers = (word: string): boolean => CYRILLIC.test(word) && GREEK.test(word)

/** Each letter as the Latin one that it looks like; `one`: what the digit 1 stands for. */
function asLatin(word: string, one: 'i' | 'l'): string {
  let read = ''
  for (const letter of word) read += DECEIVING.test(letter) ? latinOf(letter) : letter
  return read.replace(FOR_LETTER, (sign) => (sign === '1' ? one : (AS_LETTER[sign] ?? sign)))
}

/** The Latin letter that one looks like, in the small form or else in the capital one; itself when there is none. */
export function latinOf(letter: string): string {
  for (const form of [letter, letter.toUpperCase()]) {
    const latin = remove(form).toLowerCase()
    if (/^[a-z]+$/.test(latin)) return latin
  }
  return letter
}

function asOther(word: string, latin: boolean): string {
  const cyrillic = CYRILLIC.test(word)
  if (LATIN.test(word) && (cyrillic || GREEK.test(word))) return replaced(word, cyrillic ? CYRILLIC_OF : GREEK_OF)
  // A word of Latin twins alone among Cyrillic ones.
  return !latin && /^[abcehijkmopstxy]+$/.test(word) ? replaced(word, CYRILLIC_OF) : word
}

const replaced = (word: string, letters: Readonly<Record<string, string>>): string =>
  word.replace(/[a-z]/g, (letter) => letters[letter] ?? letter)
