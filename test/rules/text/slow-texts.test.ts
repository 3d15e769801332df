import { expect, test } from 'vitest'
import { mentionsTopic } from '../../../core/rules/text/mentions-topic.ts'
import { compilePhrases } from '../../../core/rules/text/phrases.ts'
import { readingOf } from '../../../core/rules/text/reading.ts'

const LENGTH = 100_000
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
  ['the beginning of a phrase', 'the best '],
])('a long text of %s', (_name, piece) => {
  const texts = [fill(piece)]
  const reading = readingOf(texts)
  expect(reading.parts.map((part) => phrases.in(part)).length).toBe(1)
  expect(reading.links().length).toBeGreaterThanOrEqual(0)
  expect(mentionsTopic(texts, { words: ['recall', 'the best dentist'] })).toBeNull()
})
