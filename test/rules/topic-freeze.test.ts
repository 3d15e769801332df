import { expect, test } from 'vitest'
import { isTopic, mentionsTopic } from '../../core/rules/topic-freeze.ts'

test.each<[string, string, boolean]>([
  ['About RECALL-X today', 'recall-x', true],
  ['about re\u200bcall-x', 'recall-x', true],
  ['ｒｅｃａｌｌ-ｘ', 'recall-x', true],
  ['the spring\n  offer', 'Spring offer', true],
  ['recall-xy', 'recall-x', false],
  ['recall', 'recall-x', false],
  ['', 'recall-x', false],
  ['anything', '\u200b', false],
])('%j mentions %j: %s', (text, topic, expected) => {
  expect(mentionsTopic(['Good morning', text], topic)).toBe(expected)
})

test('a topic has something that can be mentioned', () => {
  expect(isTopic('recall-x')).toBe(true)
  for (const nothing of ['', ' ', '\u200b', '“”', '…']) expect(isTopic(nothing)).toBe(false)
})
