import { expect, test } from 'vitest'
import { alwaysAPersonOf } from '../../../core/rules/guardrails/always-a-person.ts'
import type { Guardrail, Section } from '../../../core/rules/guardrails/guardrail.ts'
import { SECTIONS, type SectionName } from '../../../core/rules/sections.ts'
import { told } from '../../support/told.ts'
import { mentionsTopic } from '../../../core/rules/text/mentions-topic.ts'
import { compilePhrases } from '../../../core/rules/text/phrases.ts'
import { readingOf } from '../../../core/rules/text/reading.ts'

const LENGTH = 100_000
const POLICY: Partial<Record<SectionName, unknown>> = {
  claims: [{ says: ['guaranteed results', '100 %'], patterns: ['(a+)+b'] }],
  languages: { allow: ['en'] },
  link_domains: { allow: ['smile.com'] },
  personal_data: {},
  profanity: { languages: ['en', 'de', 'fr', 'es', 'it'] },
  reading_level: { max_grade: 8, max_lix: 40 },
  tone: { max_emoji: 1, max_capitals_percent: 50, max_exclamation_marks: 1 },
  topics: [{ name: 'politics' }],
  wording: { required: ['Smile Dental'], forbidden: ['cheap'] },
}
const rules = (Object.keys(POLICY) as SectionName[]).map((name): Guardrail | null => {
  // safe: the policy is parsed by the section's own schema
  const section = SECTIONS[name] as unknown as Section<object>
  return section.guardrail([section.schema.parse(POLICY[name])])
})
const list = ['free', 'a'.repeat(200), 'a b '.repeat(50), '50 % off', 'the best dentist']
const phrases = compilePhrases(list)
const fill = (piece: string): string => piece.repeat(Math.ceil(LENGTH / piece.length)).slice(0, LENGTH)

// What takes time that grows with the square of a text runs into the test's own limit here.
test.each([
  ['one letter', 'a'],
  ['single letters', 'a '],
  ['letters and full stops', 'a.'],
  ['spaces', ' '],
  ['open tags', '<b>'],
  ['tags that never match', '<b></i>'],
  ['hidden elements', '<div style="display:none">'],
  ['angle brackets', '<'],
  ['comments', '<!--[if mso]>'],
  ['entities', '&#'],
  ['look-alikes', 'а1a'],
  ['marks', 'e\u0301\u0336'],
  ['invisible characters', '\u200b'],
  ['digits', '1,000 '],
  ['number words', 'one hundred and '],
  ['addresses', 'https://a.com/?u=https://b.com '],
  ['an endless address', 'https://a.com/?u='],
  ['dots', 'a.a.a.com'],
  ['hyphens', 'a-'],
  ['percent signs', '%25'],
  ['at signs', 'a@'],
  ['turns', '\u202ea'],
  ['digits and spaces', '1 2 3 '],
  ['digits alone', '1'],
  ['brackets', '(at) '],
  ['born', 'born 1 '],
  ['ids', 'ssn 1-'],
  ['keys', 'eyJaaaaaaaaaaaa.'],
  ['words of mail addresses', 'a.b+c_'],
  ['emoji', '👩‍'],
  ['capitals', 'AB '],
  ['sentences', 'The cat sat on the mat. '],
  ['lines', 'a b c d e f g h i j\n'],
  ['prices', 'our price change price '],
  ['colons', 'password = '],
  ['the beginning of a phrase', 'the best '],
])('a long text of %s', (_name, piece) => {
  const texts = [fill(piece)]
  const reading = readingOf(texts)
  expect(reading.parts.map((part) => phrases.in(part)).length).toBe(1)
  expect(reading.links().length).toBeGreaterThanOrEqual(0)
  for (const rule of [...rules, alwaysAPersonOf([])]) expect(told(rule, { texts }).length).toBeLessThan(10)
  expect(mentionsTopic(texts, { words: ['recall', 'the best dentist'] })).toBeNull()
})
