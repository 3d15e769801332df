import { expect, test } from 'vitest'
import { SECTIONS, type SectionName } from '../../../core/rules/sections.ts'
import type { Section } from '../../../core/rules/guardrails/guardrail.ts'
import { told } from '../../support/told.ts'

const long = 'Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnung'.repeat(2)
const phrase = `${long} ${long}`.slice(0, 190)
const host = `${'a'.repeat(60)}.${'b'.repeat(60)}.com`

test.each<[SectionName, unknown, string]>([
  ['blocked_words', [phrase], phrase],
  ['wording', { forbidden: [{ says: phrase, instead: phrase }] }, phrase],
  ['wording', { required: [phrase] }, 'Hello'],
  ['claims', [{ says: phrase }], phrase],
  ['claims', [{ says: phrase, disclaimer: phrase.slice(1) }], phrase],
  ['claims', [{ categories: ['email_campaign'], disclaimer: phrase }], 'Hello'],
  ['patterns', [{ name: 'n'.repeat(40), pattern: 'x+' }], 'x'.repeat(300)],
  ['patterns', [{ name: 'n', pattern: 'x+', says: 'y'.repeat(60) }], 'x'.repeat(300)],
  ['topics', [{ name: long.slice(0, 80), words: [phrase], outcome: 'block' }], phrase],
  ['topics', [{ name: long.slice(0, 80), words: [phrase] }], phrase],
  ['profanity', { also: [phrase.slice(0, 100)] }, phrase.slice(0, 100)],
  ['always_a_person', { words: { legally_reviewed_content: [phrase] } }, phrase],
  ['languages', { allow: ['ja', 'zh', 'ta', 'te'] }, `Book your spring check-up today and save on whitening ${long}`],
  [
    'reading_level',
    { max_grade: 1.23456789 },
    `We would like to tell you about the ${'incomprehensibilities of the treatment '.repeat(2_000)}.`,
  ],
  ['tone', { max_exclamation_marks: 1000 }, '!'.repeat(99_999)],
  ['personal_data', {}, `${'j'.repeat(60)}@${host}`],
  ['personal_data', {}, `sk_live_${'0'.repeat(300)}`],
  ['link_domains', { allow: [host.replace('b', 'c')] }, `https://${host}`],
  ['link_domains', { allow: [host] }, `https://${host}.com`],
  ['link_domains', { deny: [host] }, `https://${host}`],
  ['link_domains', {}, `<a href="https://${host}">${host.replace('com', 'org')}</a>`],
  ['link_domains', {}, `<a href="{{ ${'x'.repeat(200)} }}">x</a>`],
  ['link_domains', {}, `http://${host}`],
])('%s: what was seen is cut, never what would pass (%#)', (name, policy, text) => {
  // safe: the policy is parsed by the section's own schema
  const section = SECTIONS[name] as unknown as Section<object>
  const reasons = told(section.guardrail([section.schema.parse(policy)]), { texts: [text] })
  expect(reasons.length).toBeGreaterThan(0)
  for (const one of reasons) {
    expect(one.text.length).toBeLessThanOrEqual(160)
    expect(one.text).toMatch(/ (?:pass|add it|decides)\.$/)
    expect(one.text.replace(/“[^”]*”|\([^)]*\)/g, '')).not.toMatch(/[a-z]_[a-z]|[a-z]\.[a-z]/)
  }
})
