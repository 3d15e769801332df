import { cleaned, collapsed, folded, marksOf, withoutMarks } from './fold.ts'
import { readHtml } from './html.ts'
import { languageOf } from './language.ts'
import { lazily } from './lazily.ts'
import { type Link, linksOf } from './links.ts'
import { lookAlikeReadings, mostlyLatin } from './look-alikes.ts'
import { withDigits } from './number-words.ts'
import { joinedLetters } from './spaced-letters.ts'
import { type Token, tokensOf, wordsOf } from './tokens.ts'

/** One way to read a text when looking for words; compared, never quoted. */
export type Spelling = {
  /** Folded, with single spaces. */
  readonly text: () => string
  /** The letters with marks that its language tells words apart by. */
  readonly marks: ReadonlySet<string>
  /** With numbers in digits. */
  readonly digits: () => string
  readonly tokens: () => readonly Token[]
  /** What it may be searched for: see `wordsOf`. */
  readonly words: () => ReadonlySet<string>
}

/** One text that people read, without its markup. */
export type Part = {
  /** What is shown. */
  readonly shown: string
  /** What is shown, and apart from it what only hides: all that a denial has to look at. Cleaned, cases kept. */
  readonly faces: readonly string[]
  readonly spellings: () => readonly Spelling[]
  /** Of what is shown only: what somebody must read has to stand there. */
  readonly shownSpellings: () => readonly Spelling[]
  /** Words whose letters were spaced out evenly: one word or several, nobody can tell. */
  readonly spacedOut: () => readonly string[]
  /** Null: not known. */
  readonly language: () => string | null
}

export type Reading = { readonly parts: readonly Part[]; readonly links: () => readonly Link[] }

const read = new WeakMap<readonly string[], Reading>()

/** Reads the texts of a proposal, once however many rules look at them; what a rule does not ask for is not made. */
export function readingOf(texts: readonly string[]): Reading {
  const known = read.get(texts)
  if (known) return known
  const reading = readAll(texts)
  read.set(texts, reading)
  return reading
}

function readAll(texts: readonly string[]): Reading {
  const pages = [...new Set(texts)].map(readHtml)
  const shown = lazily(() => pages.map((page) => page.shown).join('\n'))
  const language = lazily(() => languageOf(shown()))
  const latin = lazily(() => mostlyLatin(shown()))
  const parts = pages.map((page): Part => {
    const faces = [page.shown, ...(/\S/.test(page.aside) ? [page.aside] : [])].map((face) => cleaned(turned(face)))
    const own = lazily(() => languageOf(page.shown))
    // A short text is in the language of the others beside it.
    const marks = lazily(() => marksOf(/[^\0-\x7f]/.test(faces.join('')) ? (own() ?? language()) : null))
    const views = faces.map((face) => lazily(() => viewsOf(face, marks(), latin)))
    return {
      shown: page.shown,
      faces,
      spellings: lazily(() => views.flatMap((view) => view().spellings)),
      shownSpellings: () => views[0]?.().spellings ?? [],
      spacedOut: lazily(() => views.flatMap((view) => view().spacedOut)),
      language: own,
    }
  })
  return { parts, links: lazily(() => linksOf(pages)) }
}

function viewsOf(face: string, marks: ReadonlySet<string>, latin: () => boolean) {
  const spacedOut: string[] = []
  const plain = folded(face)
  const joined = joinedLetters(plain)
  const others = [
    ...lookAlikeReadings(plain, latin),
    ...(joined ? [joined.text, ...lookAlikeReadings(joined.text, latin)] : []),
  ]
  for (const run of joined?.runs ?? []) spacedOut.push(run, ...lookAlikeReadings(run, latin))
  return {
    spellings: [plain, ...others.map((other) => changedLines(plain, other))].map((one) =>
      spellingOf(withoutMarks(one, marks), marks),
    ),
    spacedOut: spacedOut.map((run) => withoutMarks(run)),
  }
}

/** The lines of another way to read a text that differ from it, each with the lines beside it: the rest was read. */
function changedLines(plain: string, other: string): string {
  const known = new Set(plain.split('\n'))
  const lines = other.split('\n')
  const changed = lines.map((line) => !known.has(line))
  return lines.filter((_line, at) => changed[at - 1] || changed[at] || changed[at + 1]).join('\n')
}

function spellingOf(loose: string, marks: ReadonlySet<string>): Spelling {
  const text = lazily(() => collapsed(loose))
  const tokens = lazily(() => tokensOf(loose))
  return {
    text,
    marks,
    digits: lazily(() => withDigits(text())),
    tokens,
    words: lazily(() => wordsOf(text(), tokens)),
  }
}

const TURNED = /\u202e([^\u202c\n]*)/g

/** What is marked to be shown from right to left is read as it shows. */
const turned = (text: string): string =>
  text.includes('\u202e')
    ? `${text}\n${text.replace(TURNED, (_all, run: string) => Array.from(run).reverse().join(''))}`
    : text
