import { expect, it, test } from 'vitest'
import { confidence } from '../../../core/rules/guardrails/confidence.ts'
import { judge } from '../../support/judge.ts'

const silent = 'The agent does not say how sure it is, so a person decides. From 60 % on it would pass.'

test.each<[string, number | null, boolean, string | null]>([
  ['at the limit', 0.6, false, null],
  ['below it', 0.4, false, 'The agent is 40 % sure of it; below 60 % a person decides. From there on it would pass.'],
  [
    'a hair below it',
    0.5999,
    false,
    'The agent is 59.99 % sure of it; below 60 % a person decides. From there on it would pass.',
  ],
  ['not said', null, false, null],
  ['not said where it has to be', null, true, silent],
  ['more than sure', 1.2, false, silent],
  ['less than nothing', -0.2, false, silent],
  ['no number', Number.NaN, false, silent],
])('%s', (_name, said, required, text) => {
  const reasons = judge(confidence, [{ ask_below: 0.6, required }], { agentId: 'agt_1', confidence: said })
  expect(reasons).toEqual(text === null ? [] : [{ rule: 'confidence.ask_below', outcome: 'ask', text }])
})

it('does not ask members how sure they are', () => {
  expect(judge(confidence, [{ ask_below: 0.6, required: true }], { agentId: null })).toEqual([])
})

it('asks where the most specific scope does', () => {
  const given = { agentId: 'agt_1', confidence: 0.5 }
  expect(judge(confidence, [{ ask_below: 0.4 }, { ask_below: 0.9 }], given)).toEqual([])
})
