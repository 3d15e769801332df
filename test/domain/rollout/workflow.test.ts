import { expect, test } from 'vitest'
import { isFrequent, scopeOfWorkflow, type Workflow } from '../../../core/domain/rollout/workflow.ts'
import { plainWorkflow } from '../../support/any-workflow.ts'

test.each<[string, Partial<Workflow>, string]>([
  ['one person', {}, 'crm_update.small'],
  ['more people', { people: 101 }, 'crm_update.medium'],
  ['a tenth of the list', { people: 500, listSize: 5_000 }, 'crm_update.medium'],
  ['more of the list', { people: 501, listSize: 5_000 }, 'crm_update.large'],
  ['a list of nobody says nothing', { people: 101, listSize: 0 }, 'crm_update.medium'],
  ['more money', { amountMinor: 50_001 }, 'crm_update.large'],
])('%s', (_name, given, scope) => {
  expect(scopeOfWorkflow({ ...plainWorkflow, ...given })).toBe(scope)
})

test.each([
  [3.9, false],
  [4, true],
])('%d runs a month: frequent is %s', (runsPerMonth, frequent) => {
  expect(isFrequent({ runsPerMonth })).toBe(frequent)
})
