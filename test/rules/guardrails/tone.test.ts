import { expect, it, test } from 'vitest'
import { tone } from '../../../core/rules/guardrails/tone.ts'
import { capitalsOf, emojiOf, exclamationMarksOf } from '../../../core/rules/text/tone.ts'
import { told } from '../../support/told.ts'

const says = (policy: unknown, ...texts: string[]) =>
  told(tone.guardrail([tone.schema.parse(policy)]), { texts }).map(({ text }) => text)

test.each([
  ['none', 'Hello', 0],
  ['some', 'Hello! Now!!', 3],
  ['full-width', 'Hello！', 1],
  ['doubled', 'Hello‼', 2],
  ['as emoji', 'Hello ❗', 1],
])('exclamation marks: %s', (_name, text, count) => {
  expect(exclamationMarksOf(text)).toBe(count)
})

test.each([
  ['none', 'Hello 100 # *', 0],
  ['signs that are no pictures', '© ® ™', 0],
  ['some', '🎉 Hello 🎉', 2],
  ['with a skin tone', '👍🏽', 1],
  ['a family', '👨‍👩‍👧', 1],
  ['a flag', '🇩🇪', 1],
  ['a sign shown as a picture', '❤️', 1],
  ['a key', '1️⃣', 1],
])('emoji: %s', (_name, text, count) => {
  expect(emojiOf(text)).toBe(count)
})

test.each([
  ['a sentence', 'Whitening week for everybody', 4],
  ['shouting', 'WHITENING WEEK FOR EVERYBODY', 100],
  ['a short word', 'NASA FREE', 0],
  ['a script without capitals', '今週は無料です今週は無料です今週は無料です', 0],
])('capitals: %s', (_name, text, percent) => {
  expect(capitalsOf(text)).toBe(percent)
})

test.each<[string, unknown, string, readonly string[]]>([
  ['as many as allowed', { max_exclamation_marks: 1 }, 'Hello!', []],
  [
    'one more',
    { max_exclamation_marks: 1 },
    'Hello!!',
    ['One text has 2 exclamation marks; your tone allows 1. With no more than that it would pass.'],
  ],
  ['in markup', { max_exclamation_marks: 0 }, '<!doctype html><p>Hello</p>', []],
  [
    'capitals',
    { max_capitals_percent: 30 },
    '<b>WHITENING WEEK FOR EVERYBODY</b>',
    ['One text has 100 % capital letters; your tone allows 30. With no more than that it would pass.'],
  ],
  [
    'emoji',
    { max_emoji: 0 },
    'Hello 🎉',
    ['One text has 1 emoji; your tone allows 0. With no more than that it would pass.'],
  ],
])('%s', (_name, policy, text, expected) => {
  expect(says(policy, text)).toEqual(expected)
})

it('counts each text by itself, and takes each limit from the most specific scope that has it', () => {
  expect(says({ max_exclamation_marks: 1 }, 'Hello!', 'You!')).toEqual([])
  const scoped = tone.guardrail([
    tone.schema.parse({ max_emoji: 1, outcome: 'block' }),
    tone.schema.parse({ max_emoji: 0, max_exclamation_marks: 0 }),
  ])
  expect(told(scoped, { texts: ['Hello! 🎉'] })).toMatchObject([{ rule: 'tone.exclamation_marks', outcome: 'ask' }])
})

it('has nothing to say without limits', () => {
  expect(tone.guardrail([tone.schema.parse({})])).toBeNull()
})
