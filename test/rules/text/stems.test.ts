import { describe, expect, test } from 'vitest'
import { mentionsTopic } from '../../../core/rules/text/mentions-topic.ts'
import { stemOf } from '../../../core/rules/text/stems.ts'

describe('in English', () => {
  test.each([
    ['medication', ['medications', 'medicate', 'medicated', 'medicating']],
    ['publication', ['publications']],
    ['communicate', ['communicates', 'communication', 'communications', 'communicating', 'communicator']],
    ['recall', ['recalls', 'recalled', 'recalling', "recall's"]],
    ['price', ['prices', 'priced', 'pricing']],
    ['negotiate', ['negotiated', 'negotiation', 'negotiations', 'negotiating']],
    ['politics', ['political', 'politically']],
    ['alcohol', ['alcoholic']],
    ['cancel', ['cancelled', 'cancellation']],
    ['university', ['universities']],
    ['executive', ['executives']],
    ['emergency', ['emergencies']],
    ['clinic', ['clinics', 'clinical']],
  ])('%s is the same word as %j', (word, forms) => {
    for (const form of forms) expect([form, stemOf(form, 'en')]).toEqual([form, stemOf(word, 'en')])
  })

  test.each([
    ['medication', 'medical'],
    ['medicated', 'medic'],
    ['publication', 'public'],
    ['communication', 'community'],
    ['news', 'new'],
    ['universe', 'university'],
    ['general', 'generate'],
    ['generic', 'general'],
    ['organic', 'organ'],
    ['execute', 'executive'],
    ['import', 'important'],
    ['emerge', 'emergency'],
    ['animate', 'animal'],
    ['past', 'paste'],
    ['policy', 'police'],
  ])('%s is another word than %s', (one, other) => {
    expect(stemOf(one, 'en')).not.toBe(stemOf(other, 'en'))
  })
})

test('a topic is not met by a word that only looks like it', () => {
  const topic = { words: ['medication'] }
  expect(mentionsTopic(['Ask us for medical advice about your teeth'], topic)).toBeNull()
  expect(mentionsTopic(['Tell us which medications you take'], topic)).toBe('medications')
})
