import { detectAll } from 'tinyld/light'

const FEWEST_WORDS = 3
const FEWEST_LETTERS = 15
/** How many times likelier the language has to be than the next one. */
const CLEARLY = 1.25
/** What the library is asked takes a millisecond for each five hundred characters. */
const MOST_DETECTED = 300
/** Enough to tell a language by; what is longer is cut for speed. */
const MOST_READ = 1_000

/** Small words that every text of a language is full of and that few others have. */
const SMALL_WORDS: Readonly<Record<string, string>> = {
  en: 'the and of to is are was we you your our for with this that have has will from by be it us they when what how all not their more than about these who would should',
  de: 'der die das und ist sind wir sie ihre ihr ihnen unsere unser für mit auf ein eine einen nicht auch von zu zum zur bei dem den des im am aus wie werden wird haben hat oder nach über uns',
  fr: 'le la les et est nous vous votre notre pour avec une des du dans sur pas que qui au aux ce cette vos nos sont plus ou par',
  es: 'el los las y es nosotros usted su nuestro nuestra para con una del en por que como más sus son se al esta este',
  it: 'il lo gli e è noi voi vostro nostra per con una del della che di nel sono più i suo questa questo dei alla',
  nl: 'de het een en is wij u uw ons onze voor met van op niet ook bij zijn te aan dat deze naar om er',
  pt: 'o os as e é nós você sua nosso nossa para com uma do da em por que mais seus são ao dos das não',
}
const LANGUAGES_OF: ReadonlyMap<string, readonly string[]> = Object.entries(SMALL_WORDS).reduce(
  (map, [language, words]) => {
    for (const word of words.split(' ')) map.set(word, [...(map.get(word) ?? []), language])
    return map
  },
  new Map<string, readonly string[]>(),
)
const MOST_WORDS = 200
/** Small words of its language, of all words, and how many times more than of the next one. */
const ENOUGH_SMALL = 0.15
const MANY_MORE = 2

/** What the small words say, which costs next to nothing; null: they do not say. */
function bySmallWords(words: readonly string[]): string | null {
  const looked = words.slice(0, MOST_WORDS)
  const counts = new Map<string, number>()
  for (const word of looked) {
    const languages = LANGUAGES_OF.get(word)
    if (languages) for (const language of languages) counts.set(language, (counts.get(language) ?? 0) + 1)
  }
  const [first, second] = [...counts].sort((a, b) => b[1] - a[1])
  if (!first || first[1] < Math.max(2, looked.length * ENOUGH_SMALL)) return null
  return first[1] >= (second?.[1] ?? 0) * MANY_MORE ? first[0] : null
}

const ADDRESSES = /https?:\S+|\S+@\S+/gu
const BESIDE_WORDS = /[^\p{L}\p{M}\s']+/gu

/** The language of a text (`en`); null: too short or not clear enough to say. */
export function languageOf(text: string): string | null {
  const start = text.slice(0, MOST_READ)
  // An address has one of these, and to look for it takes long.
  const unlinked = /[@:]/.test(start) ? start.replace(ADDRESSES, ' ') : start
  const letters = unlinked.replace(BESIDE_WORDS, ' ').toLowerCase().trim()
  const words = letters.split(/\s+/u)
  const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(letters)
  if (!unspaced && (words.length < FEWEST_WORDS || letters.length < FEWEST_LETTERS)) return null
  const small = unspaced ? null : bySmallWords(words)
  if (small !== null) return small
  const [first, second] = detectAll(letters.slice(0, MOST_DETECTED))
  if (!first || (second && first.accuracy < second.accuracy * CLEARLY)) return null
  return first.lang
}

/** "German" for `de`. */
export const languageWords = (language: string): string =>
  new Intl.DisplayNames(['en'], { type: 'language' }).of(language) ?? language
