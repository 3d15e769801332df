import { expect, test } from 'vitest'
import { topics } from '../../../core/rules/guardrails/topics.ts'
import { told } from '../../support/told.ts'

const recalls = { name: 'recalls', words: ['recall'], synonyms: ['Rückruf'], outcome: 'block' }
const says = (policy: unknown, ...texts: string[]) =>
  told(topics.guardrail([topics.schema.parse(policy)]), { texts }).map((one) => `${one.outcome}: ${one.text}`)

test.each<[string, unknown, string, readonly string[]]>([
  [
    'a form of the word',
    [recalls],
    'The toothpaste was recalled',
    ['block: It says “recalled”: that is the topic “recalls”, which must not come up here. Without it, it would pass.'],
  ],
  ['a synonym', [recalls], 'Der Rückruf der Zahnpasta', [expect.stringContaining('“Rückruf”')]],
  ['a compound', [recalls], 'Unsere Rückrufaktion läuft', [expect.stringContaining('“rückrufaktion”')]],
  [
    'the name itself',
    [{ name: 'politics' }],
    'Politics and teeth',
    ['ask: It says “politics”: that is the topic “politics”, on which a person decides. Without it, it would pass.'],
  ],
  [
    'several topics',
    [recalls, { name: 'politics' }],
    'politics of recalling',
    [expect.stringContaining('recalling'), expect.stringContaining('politics')],
  ],
  ['another text', [recalls], 'Whitening week', []],
  ['mixed languages in disguise', [recalls], 'Please mind: R\u00fcckruf\u200be', [expect.stringContaining('rückrufe')]],
])('%s', (_name, policy, text, expected) => {
  expect(says(policy, 'Hello', text)).toEqual(expected)
})
