import { expect, test } from 'vitest'
import { languages } from '../../../core/rules/guardrails/languages.ts'
import { told } from '../../support/told.ts'

const says = (policy: unknown, text: string) =>
  told(languages.guardrail([languages.schema.parse(policy)]), { texts: [text] }).map((one) => one.text)

const English = 'Book your spring check-up today and save on whitening for the whole family'
const German = 'Wir freuen uns sehr auf Ihren nächsten Besuch in unserer schönen Praxis'

test.each<[string, unknown, string, readonly string[]]>([
  ['an allowed language', { allow: ['en'] }, English, []],
  ['one of two', { allow: ['en', 'de'] }, `${English}\n${German}`, []],
  [
    'another language',
    { allow: ['en'] },
    German,
    ['“Wir freuen uns sehr auf…” is German; texts here are in English. In one of these it would pass.'],
  ],
  [
    'another language in a paragraph',
    { allow: ['en'] },
    `<p>${English}</p><p>${German}</p>`,
    [expect.stringContaining('German')],
  ],
  [
    'another language where it hides',
    { allow: ['en'] },
    `<p>${English}</p><p hidden>${German}</p>`,
    [expect.stringContaining('German')],
  ],
  ['another script', { allow: ['en'] }, '今週は無料です', [expect.stringContaining('Japanese')]],
  ['too short to tell', { allow: ['en'] }, 'Guten Tag', []],
  ['a name in it', { allow: ['en'] }, 'Dr. Müller & Team', []],
  [
    'many allowed',
    { allow: ['en', 'fr', 'es', 'it'] },
    German,
    [
      '“Wir freuen uns sehr auf…” is German; texts here are in English, French, Spanish and others. In one of these it would pass.',
    ],
  ],
])('%s', (_name, policy, text, expected) => {
  expect(says(policy, text)).toEqual(expected)
})
