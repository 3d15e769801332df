import { onceFor } from './once-for.ts'
import { compilePhrases } from './phrases.ts'
import { type Part, readingOf } from './reading.ts'
import { isStemmed, type StemmedLanguage } from './stems.ts'
import { asTemplate, compileWordForms, type WordForms } from './word-forms.ts'

export type Topic = { readonly words: readonly string[]; readonly synonyms?: readonly string[] | undefined }

/** Looked at in every text: names and loan words of the one stand in texts of the other. */
const ALWAYS: readonly StemmedLanguage[] = ['en', 'de']

/** A topic, compiled: what a text says of it, as it says it; null: nothing. */
export type CompiledTopic = (part: Part) => string | null

/**
 * Compiles a topic. It is met where one of its words or synonyms stands in any form ("recalled", "Rückrufe"), also as a
 * part of a German compound ("Produktrückruf"), or as it is spelt, however it is disguised.
 */
export function compileTopic({ words, synonyms = [] }: Topic): CompiledTopic {
  const list = [...words, ...synonyms]
  const exact = compilePhrases(list)
  const templates = list.map(asTemplate).map((one) => one.replace(/\//g, ' '))
  const forms = new Map<string, WordForms>()
  const formsIn = (language: StemmedLanguage, compounds: boolean): WordForms => {
    const key = `${language} ${compounds}`
    const known = forms.get(key) ?? compileWordForms(templates, language, { compounds })
    forms.set(key, known)
    return known
  }
  return (part) => {
    const [spelt] = exact.in(part)
    if (spelt !== undefined) return list[spelt] ?? null
    const language = part.language()
    const languages = new Set(isStemmed(language) ? [...ALWAYS, language] : ALWAYS)
    for (const spelling of part.spellings()) {
      for (const one of languages) {
        const found = formsIn(one, language !== 'en')
          .in(spelling.tokens())
          .find(({ words: said }) => said !== '')
        if (found) return found.words
      }
    }
    return null
  }
}

const compiled = onceFor<Topic, CompiledTopic>(([topic]) => compileTopic(topic))

/**
 * What the texts say of a topic, in their own words (at most one mention is told); null: nothing. The topic is compiled
 * once for as long as the same object is asked about.
 */
export function mentionsTopic(texts: readonly string[], topic: Topic): string | null {
  for (const part of readingOf(texts).parts) {
    const said = compiled([topic])(part)
    if (said !== null) return said
  }
  return null
}
