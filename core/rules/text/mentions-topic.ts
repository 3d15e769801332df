import { onceFor } from './once-for.ts'
import { compilePhrases } from './phrases.ts'
import { type Part, readingOf } from './reading.ts'
import { isStemmed, type StemmedLanguage } from './stems.ts'
import { asTemplate, compileWordForms, type WordForms } from './word-forms.ts'

export type Topic = { readonly words: readonly string[]; readonly synonyms?: readonly string[] | undefined }

/** Looked at in every text: names and loan words of the one stand in texts of the other. */
const ALWAYS: readonly StemmedLanguage[] = ['en', 'de']

/** Topics, compiled for one pass over each text. */
export type CompiledTopics = {
  /** What a text says of each, as it says it, by their places in the list; those it does not mention are left out. */
  readonly in: (part: Part) => ReadonlyMap<number, string>
}

/**
 * Compiles topics. One is met where one of its words or synonyms stands in any form ("recalled", "Rückrufe"), also as a
 * part of a German compound ("Produktrückruf"), or as it is spelt, however it is disguised.
 */
export function compileTopics(topics: readonly Topic[]): CompiledTopics {
  const list = topics.flatMap(({ words, synonyms = [] }, topic) =>
    [...words, ...synonyms].map((says) => ({ says, topic })),
  )
  const exact = compilePhrases(list.map(({ says }) => says))
  const templates = list.map(({ says }) => asTemplate(says))
  const forms = new Map<string, WordForms>()
  const formsIn = (language: StemmedLanguage, compounds: boolean): WordForms => {
    const key = `${language} ${compounds}`
    const known = forms.get(key) ?? compileWordForms(templates, language, { compounds })
    forms.set(key, known)
    return known
  }
  return {
    in(part) {
      const found = new Map<number, string>()
      const add = (index: number, words: string | undefined): void => {
        const entry = list[index]
        if (entry && words && !found.has(entry.topic)) found.set(entry.topic, words)
      }
      for (const index of exact.in(part)) add(index, list[index]?.says)
      const language = part.language()
      const languages = new Set(isStemmed(language) ? [...ALWAYS, language] : ALWAYS)
      for (const spelling of part.spellings()) {
        for (const one of languages) {
          for (const { index, words } of formsIn(one, language !== 'en').in(spelling)) add(index, words)
        }
      }
      return found
    },
  }
}

/** What any of some texts finds, by place in a list; the first text that finds something is quoted. */
export function mentionedIn(
  parts: readonly Part[],
  list: { readonly in: (part: Part) => ReadonlyMap<number, string> },
): ReadonlyMap<number, string> {
  const found = new Map<number, string>()
  for (const part of parts) for (const [index, words] of list.in(part)) if (!found.has(index)) found.set(index, words)
  return found
}

const compiled = onceFor<Topic, CompiledTopics>(([topic]) => compileTopics([topic]))

/**
 * What the texts say of a topic, in their own words (at most one mention is told); null: nothing. The topic is compiled
 * once for as long as the same object is asked about.
 */
export function mentionsTopic(texts: readonly string[], topic: Topic): string | null {
  for (const part of readingOf(texts).parts) {
    const said = compiled([topic]).in(part).get(0)
    if (said !== undefined) return said
  }
  return null
}
