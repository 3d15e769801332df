import { expect, test } from 'vitest'
import { agentQuestion } from '../../../core/rules/guardrails/agent-question.ts'
import { place, subject } from '../../support/guardrail-subject.ts'

const judge = (question: string | null) => [agentQuestion(subject({ question }), place, {}) ?? []].flat()[0] ?? null

test.each([
  ['no question', null, null],
  ['a question', 'May the price be named?', 'The agent asks: “May the price be named?”'],
  ['a long one is cut at a word', 'why '.repeat(120), `The agent asks: “${'why '.repeat(32).trim()}…”`],
])('%s', (_name, question, text) => {
  expect(judge(question)).toEqual(text === null ? null : { rule: 'agent_question', outcome: 'ask', text })
  expect(judge(question)?.text.length ?? 0).toBeLessThanOrEqual(160)
})
