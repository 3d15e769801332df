const ASCII = /^[\t\n\r -~]*$/
const INVISIBLE = /\p{Default_Ignorable_Code_Point}|(?![\t\n\r])\p{Cc}/gu
/** Marks that no precomposed letter takes up (a stroke through it, a tower of accents) are decoration. */
const LOOSE_MARKS = /([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Nd}])\p{M}+/gu
const UNEVEN = /\s{2,}|[^\S ]/gu
const QUOTES = /['\u2018\u2019\u201b\u02bc\u00b4\u2032]/g
const DASHES = /[\u2010-\u2015\u2212]/g
const NON_ASCII = /[^\0-\x7f]/gu

/** Without what nobody can see, and letters in their ordinary form: full-width, mathematical and circled ones are plain. */
export function cleaned(text: string): string {
  if (ASCII.test(text)) return text
  // What is composed may be invisible again.
  return text.replace(INVISIBLE, '').normalize('NFKC').replace(INVISIBLE, '')
}

/** One spelling for comparing: cleaned, in small letters, with one sort of apostrophe and dash. White space stays. */
export function folded(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase()
  const small = cleaned(cleaned(text).toLowerCase()).toLowerCase()
  return small.replace(LOOSE_MARKS, '$1').normalize('NFC').replace(QUOTES, "'").replace(DASHES, '-')
}

/** Runs of white space as one space, and none at the ends. */
export const collapsed = (text: string): string => text.replace(UNEVEN, ' ').trim()

/** Letters whose accent is a part of their drawing, which taking apart does not remove. */
const DRAWN: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ħ: 'h',
  ŧ: 't',
  ı: 'i',
  æ: 'ae',
  œ: 'oe',
  ð: 'd',
  þ: 'th',
  // These tell no words apart for whoever compares: capitals and Swiss or older spellings do without them.
  ß: 'ss',
  ς: 'σ',
  ё: 'е',
}

/** What a language writes with; letters with other marks are decoration in it. */
const MARKED_LETTERS: Readonly<Record<string, string>> = {
  cs: 'áčďéěíňóřšťúůýž',
  da: 'æøåé',
  de: 'äöü',
  es: 'áéíñóúü',
  fi: 'äöå',
  fr: 'àâæçéèêëîïôœùûüÿ',
  hu: 'áéíóöőúüű',
  it: 'àèéìîòóù',
  nl: 'áéèëíïóöúü',
  no: 'æøåéòô',
  pl: 'ąćęłńóśźż',
  pt: 'áâãàçéêíóôõúü',
  ro: 'ăâîșțşţ',
  sv: 'åäöé',
  tr: 'çğıöşüâî',
}

const NONE: ReadonlySet<string> = new Set()
const SETS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(MARKED_LETTERS).map(([language, letters]) => [language, new Set(letters)]),
)

/** The letters with marks that tell words apart in a language; null: not known, so none. */
export const marksOf = (language: string | null): ReadonlySet<string> => SETS.get(language ?? '') ?? NONE

/** Takes the marks off all Latin and Greek letters but those given. Expects folded text. */
export const withoutMarks = (text: string, keep: ReadonlySet<string> = NONE): string =>
  ASCII.test(text) ? text : text.replace(NON_ASCII, (letter) => (keep.has(letter) ? letter : bare(letter)))

const LATIN_OR_GREEK = /[\p{Script=Latin}\p{Script=Greek}]/u

function bare(letter: string): string {
  const drawn = DRAWN[letter]
  if (drawn !== undefined) return drawn
  if (!LATIN_OR_GREEK.test(letter)) return letter
  const base = letter.normalize('NFD').replace(/\p{M}/gu, '')
  return DRAWN[base] ?? base
}

const SPELT_OUT: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe', æ: 'ae' }

/** As somebody writes it whose keyboard lacks the letter: Rueckruf. Expects folded text. */
export const speltOut = (text: string): string =>
  withoutMarks(text.replace(/[äöüåøæ]/g, (one) => SPELT_OUT[one] ?? one))
