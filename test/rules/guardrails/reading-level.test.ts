import { expect, test } from 'vitest'
import { readingLevel } from '../../../core/rules/guardrails/reading-level.ts'
import type { Subject } from '../../../core/rules/guardrails/guardrail.ts'
import { told } from '../../support/told.ts'

const says = (policy: unknown, text: string, given: Partial<Subject> = {}) =>
  told(readingLevel.guardrail([readingLevel.schema.parse(policy)]), { texts: [text], ...given }).map(
    (one) => `${one.outcome}: ${one.text}`,
  )

const easy =
  'We are open on Sunday. Come and see us. Our team is here for you and your kids. We look at your teeth. We clean them. You can sit and rest. Then you go home with a big smile.'
const hard =
  'Notwithstanding the aforementioned considerations regarding comprehensive orthodontic rehabilitation, individualised interdisciplinary consultations facilitate significantly improved multidimensional therapeutic outcomes throughout the entirety of the continuously monitored treatment administration procedures for eligible participants.'
const schwer =
  'Unter Berücksichtigung der vorgenannten Rahmenbedingungen ermöglichen interdisziplinäre Beratungsgespräche außerordentlich individualisierte Behandlungsergebnisse, deren kontinuierliche Qualitätssicherung durch regelmäßige Kontrolluntersuchungen sowie ausführliche Dokumentationen während der gesamten Behandlungsdauer gewährleistet werden kann, sofern keine anderweitigen Vereinbarungen getroffen wurden.'

test.each<[string, unknown, string, readonly string[]]>([
  ['an easy text', { max_grade: 8 }, easy, []],
  [
    'a hard text',
    { max_grade: 8 },
    hard,
    [
      expect.stringMatching(
        /^ask: It needs \d+\.\d school years to read; your limit is 8\. With shorter sentences and words it would pass\.$/,
      ),
    ],
  ],
  ['a short hard text', { max_grade: 8 }, 'Individualised interdisciplinary consultations', []],
  ['as strict as it says', { max_grade: 8, outcome: 'block' }, hard, [expect.stringMatching(/^block/)]],
  [
    'German by its index',
    { max_lix: 50 },
    schwer,
    [
      expect.stringMatching(
        /^ask: It has a reading index \(LIX\) of \d+\.\d; your limit is 50\. With shorter sentences and words it would pass\.$/,
      ),
    ],
  ],
  ['German without a limit for it', { max_grade: 8 }, schwer, []],
  ['English without a limit for it', { max_lix: 30 }, hard, []],
  [
    'a language that cannot be measured',
    { max_lix: 30 },
    '今週は無料です。歯のクリーニングにお越しください。',
    ['ask: The reading level of Japanese cannot be measured, so a person decides.'],
  ],
])('%s', (_name, policy, text, expected) => {
  expect(says(policy, text)).toEqual(expected)
})

test('says nothing of what is not written for readers', () => {
  expect(says({ max_grade: 1 }, hard, { category: 'ad_budget' })).toEqual([])
})

test('needs a limit', () => {
  expect(readingLevel.schema.safeParse({}).success).toBe(false)
})
