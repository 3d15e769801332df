import { expect, it, test } from 'vitest'
import {
  addEdgeCase,
  type EdgeCase,
  edgeCaseCount,
  type Escalated,
  escalationOutcome,
  NO_EDGE_CASES,
  precision,
  recall,
} from '../../../core/domain/trust/escalation.ts'

test.each<[string, Escalated, ReturnType<typeof escalationOutcome>]>([
  ['changed', { answer: 'changed', mark: null, isRoutine: true }, 'warranted'],
  ['rejected', { answer: 'rejected', mark: 'no_need_to_ask', isRoutine: false }, 'warranted'],
  ['marked right', { answer: 'unchanged', mark: 'right_to_ask', isRoutine: true }, 'warranted'],
  ['no need to ask', { answer: 'unchanged', mark: 'no_need_to_ask', isRoutine: false }, 'unwarranted'],
  ['routine', { answer: 'unchanged', mark: null, isRoutine: true }, 'unwarranted'],
  ['nothing said', { answer: 'unchanged', mark: null, isRoutine: false }, null],
])('%s', (_name, escalated, expected) => {
  expect(escalationOutcome(escalated)).toBe(expected)
})

const edgeCase = (outcome: EdgeCase['outcome'], kind: string, isSerious = false): EdgeCase => ({
  outcome,
  kind,
  isSerious,
})

test('precision and recall count what was asked and what should have been', () => {
  const cases = [
    edgeCase('warranted', 'price', true),
    edgeCase('warranted', 'complaint'),
    edgeCase('unwarranted', 'price'),
    edgeCase('missed', 'anger', true),
    edgeCase('missed', 'anger'),
  ].reduce(addEdgeCase, NO_EDGE_CASES)
  expect(cases).toEqual({
    warranted: 2,
    unwarranted: 1,
    missed: 2,
    missedSerious: 1,
    kinds: ['anger', 'complaint', 'price'],
  })
  expect(edgeCaseCount(cases)).toBe(5)
  expect(precision(cases)).toBe(2 / 3)
  expect(recall(cases)).toBe(2 / 4)
})

it('knows neither where there was nothing', () => {
  expect(precision(NO_EDGE_CASES)).toBeNull()
  expect(recall(NO_EDGE_CASES)).toBeNull()
})
