import { expect, it, test } from 'vitest'
import type { Observed } from '../../../core/rules/guardrails/guardrail.ts'
import { newAudience } from '../../../core/rules/guardrails/new-audience.ts'
import { judge, told } from '../../support/judge.ts'

const channel = [
  'new_audience.channel',
  'ask',
  'Nothing went out over the channel email before. Once something did with a person’s yes, it would pass.',
] as const
const audience = [
  'new_audience.audience',
  'ask',
  'Nothing went to “VIP patients” before. Once something did with a person’s yes, it would pass.',
] as const

test.each<[string, object, Observed['audience'], readonly [string, string, string] | null]>([
  ['both known', {}, { known: true, channelKnown: true }, null],
  ['a new audience', {}, { known: false, channelKnown: true }, audience],
  ['a new channel', {}, { known: true, channelKnown: false }, channel],
  ['both new: the larger news', {}, { known: false, channelKnown: false }, channel],
  ['a new channel that nobody minds', { channel: false }, { known: true, channelKnown: false }, null],
  ['a new audience that nobody minds', { audience: false }, { known: false, channelKnown: true }, null],
  ['nobody minds anything', { audience: false, channel: false }, undefined, null],
  [
    'which could not be looked up',
    { outcome: 'warn' },
    undefined,
    [
      'new_audience',
      'ask',
      'Whether anything went to this audience before could not be looked up, so a person decides.',
    ],
  ],
])('%s', (_name, rule, before, expected) => {
  const observed = before === undefined ? {} : { audience: before }
  const said = judge(newAudience, [rule], { segment: 'VIP patients' }, observed)
  expect(told(said)).toEqual(expected === null ? [] : [expected])
})

it('says nothing of drafts and of what reaches nobody', () => {
  const observed = { audience: { known: false, channelKnown: false } }
  expect(judge(newAudience, [{}], { preparing: true }, observed)).toEqual([])
  expect(judge(newAudience, [{}], { reachesPeople: false }, observed)).toEqual([])
})

it('has words for an audience without a name', () => {
  const [said] = judge(newAudience, [{}], {}, { audience: { known: false, channelKnown: true } })
  expect(said?.text).toMatch(/^Nothing went to this audience before\./)
})
