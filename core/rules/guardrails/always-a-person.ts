import { z } from 'zod'
import { type ClassWords, PERSON_CLASSES, type PersonClass } from '../always-a-person/classes.ts'
import { ENGLISH } from '../always-a-person/english.ts'
import { GERMAN } from '../always-a-person/german.ts'
import { lazily } from '../text/lazily.ts'
import { onceFor } from '../text/once-for.ts'
import { compileTopics, mentionedIn } from '../text/mentions-topic.ts'
import { type Part, readingOf } from '../text/reading.ts'
import { isDomain } from '../text/web-address.ts'
import { compileWordForms, type WordForms } from '../text/word-forms.ts'
import { defineSection, type Guardrail, quoted, reason, type Subject } from './guardrail.ts'

// safe: the keys of the table itself
const CLASSES = Object.keys(PERSON_CLASSES) as [PersonClass, ...PersonClass[]]
const Words = z.array(z.string().min(1).max(200)).max(200)

const Schema = z.strictObject({
  /** What a person need not see here; only an owner relaxes, one by one. */
  relax: z.array(z.enum(CLASSES)).optional(),
  /** Names or domains of those whom only people write to. */
  key_accounts: Words.optional(),
  /** What else tells a class here, in any form of the words. */
  words: z.partialRecord(z.enum(CLASSES), Words).optional(),
})

export type AlwaysAPersonValues = z.infer<typeof Schema>

/** What a workspace adds to the words that every workspace has. */
export type PersonWords = Pick<AlwaysAPersonValues, 'key_accounts' | 'words'>

const MOST_QUOTED = 36

/**
 * Requirement C14: what needs a person in every workspace, whatever its policy and the levels in force. Looks at what
 * reaches people or the public; unpublished work is looked at when the finished whole goes out.
 */
export function alwaysAPerson(relaxed: readonly PersonClass[], added: readonly PersonWords[] = []): Guardrail {
  const classes = CLASSES.filter((name) => !relaxed.includes(name))
  const own = lazily(() => compileTopics(CLASSES.map((name) => ({ words: wordsOf(name, added) }))))
  const hasOwn = CLASSES.some((name) => wordsOf(name, added).length > 0)
  const accounts = classes.includes('key_accounts') ? added.flatMap(({ key_accounts }) => key_accounts ?? []) : []
  const domains = accounts.map((account) => account.toLowerCase()).filter(isDomain)
  return (subject) => {
    if (!isForPeople(subject)) return null
    const reading = readingOf(subject.texts)
    const found = new Map<PersonClass, string>()
    const add = (name: PersonClass | undefined, words: string): void => {
      if (name !== undefined && classes.includes(name) && !found.has(name)) found.set(name, words)
    }
    for (const part of reading.parts) for (const [name, words] of told(part)) add(name, words)
    if (hasOwn) for (const [index, words] of mentionedIn(reading.parts, own())) add(CLASSES[index], words)
    if (domains.length > 0 && !found.has('key_accounts')) {
      const hosts = reading.links().flatMap(({ leads }) => leads.map(({ host }) => host))
      const account = domains.find((domain) => hosts.some((host) => host === domain || host.endsWith(`.${domain}`)))
      if (account !== undefined) found.set('key_accounts', account)
    }
    if (found.size === 0) return null
    return [...found].map(([name, words]) =>
      reason(
        `always_a_person.${name}`,
        'ask',
        `${quoted(words, MOST_QUOTED)} reads like ${PERSON_CLASSES[name]}; that is always for a person. Without it, or if an owner relaxes it, it would pass.`,
      ),
    )
  }
}

/** The guardrail for what a policy and its scopes say, the most specific first; none: nothing is relaxed. */
export const alwaysAPersonOf = (values: readonly AlwaysAPersonValues[]): Guardrail =>
  values.length === 0 ? unrelaxed : compiled([values[0] ?? {}, ...values.slice(1)])

const unrelaxed = alwaysAPerson([])
const compiled = onceFor<AlwaysAPersonValues, Guardrail>((values) =>
  alwaysAPerson(values.find(({ relax }) => relax !== undefined)?.relax ?? [], values),
)

/** The list that is always on: a policy only relaxes it or adds to it. */
export const alwaysAPersonSection = defineSection<AlwaysAPersonValues>({ schema: Schema, guardrail: compiled })

const isForPeople = ({ preparing, reachesPeople, channel }: Subject): boolean =>
  !preparing && (reachesPeople || channel !== 'crm')

type Table = { readonly classes: readonly PersonClass[]; readonly forms: WordForms }

function tableOf(words: Readonly<Record<PersonClass, ClassWords>>, language: 'en' | 'de'): Table {
  const rows = CLASSES.flatMap((name) => words[name].says.map((says) => ({ name, says })))
  const but = CLASSES.flatMap((name) => words[name].but ?? [])
  const forms = compileWordForms(
    rows.map(({ says }) => says),
    language,
    { but, compounds: true },
  )
  return { classes: rows.map(({ name }) => name), forms }
}

const tables = lazily(() => [tableOf(ENGLISH, 'en'), tableOf(GERMAN, 'de')])

/** Many workspaces have the same words, and most texts say none of them. */
const toldOf = new WeakMap<Part, readonly (readonly [PersonClass, string])[]>()

function told(part: Part): readonly (readonly [PersonClass, string])[] {
  const known = toldOf.get(part)
  if (known) return known
  const found: (readonly [PersonClass, string])[] = []
  for (const spelling of part.spellings()) {
    for (const { classes, forms } of tables()) {
      for (const { index, words } of forms.in(spelling)) {
        const name = classes[index]
        if (name !== undefined) found.push([name, words])
      }
    }
  }
  toldOf.set(part, found)
  return found
}

function wordsOf(name: PersonClass, added: readonly PersonWords[]): readonly string[] {
  return added.flatMap((one) => [
    ...(one.words?.[name] ?? []),
    ...(name === 'key_accounts' ? (one.key_accounts ?? []) : []),
  ])
}
