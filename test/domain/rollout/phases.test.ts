import { expect, it, test } from 'vitest'
import { grantTodo, phaseOfDay, phasesFor } from '../../../core/domain/rollout/phases.ts'
import { recommendLevel } from '../../../core/domain/rollout/recommend-level.ts'
import type { Workflow } from '../../../core/domain/rollout/workflow.ts'
import { plainWorkflow } from '../../support/any-workflow.ts'

const dateOf = (day: number): string => `day ${day}`

test.each([
  [1, 1],
  [14, 1],
  [15, 2],
  [30, 2],
  [31, 3],
  [60, 3],
  [61, 4],
  [90, 4],
  [91, null],
])('day %i is in phase %j', (day, phase) => expect(phaseOfDay(day)).toBe(phase))

const workflows: readonly Workflow[] = [
  { ...plainWorkflow, name: 'Tags' },
  { ...plainWorkflow, name: 'Press', sensitivity: 'high', dataQuality: 'patchy' },
  { ...plainWorkflow, name: 'Yearly', runsPerMonth: 0.1, amountMinor: 5 },
  { ...plainWorkflow, name: 'Welcome', origin: 'existing_workflow' },
  { ...plainWorkflow, name: 'Drafts', isPreparing: true },
]
const recommended = workflows.map((workflow) => ({ workflow, recommendation: recommendLevel(workflow, 5) }))
const grants = [
  { scope: 'crm_update.small', day: 31 },
  { scope: 'booking.small', day: 61 },
  { scope: 'audience.small', day: 100 },
]

it('says what to do in each of the four', () => {
  const phases = phasesFor(recommended, grants, dateOf)
  expect(phases.map(({ phase, fromDay, toDay }) => [phase, fromDay, toDay])).toEqual([
    [1, 1, 14],
    [2, 15, 30],
    [3, 31, 60],
    [4, 61, 90],
  ])
  expect(phases[0]?.todo).toEqual([
    'Watch, without a card, for 30 days: Welcome.',
    'Approve each one, and say why where you change or reject it: Tags, Press, Yearly.',
    'Passes and is recorded, without being asked about: Drafts.',
    'Set the benchmarks, and note what people achieve today where it is not known.',
    'Set a day budget and the amounts to ask above.',
    'Set the guardrails: brand voice, channels, topics.',
    'Mend the data of: Press.',
  ])
  expect(phases[1]?.todo).toEqual([
    'Approve in one batch a week: Tags.',
    'Go on approving one by one: Press, Yearly.',
    'On day 31, from watching to level 2 (recommend): Welcome.',
  ])
  expect(phases[2]?.todo[0]).toBe(
    'day 31: grant crm_update.small level 3 (act and notify), if its gates hold. Read the digest of exceptions every day until day 45, compare with the approvals on day 59, and start no fourth before day 61.',
  )
  expect(phases[2]?.todo).toHaveLength(2)
  expect(phases[3]?.todo[0]).toMatch(/^day 61: grant booking\.small /)
  expect(grantTodo(grants, null, dateOf)).toEqual([expect.stringMatching(/^day 100: grant audience\.small /)])
})

it('only watches where the policy allows no more', () => {
  const watched = workflows.slice(0, 1).map((workflow) => ({ workflow, recommendation: recommendLevel(workflow, 1) }))
  const [first, second] = phasesFor(watched, [], dateOf)
  expect(first?.todo[0]).toBe('Watch, without a card, for 30 days: Tags.')
  expect(second?.todo).toEqual([])
})

it('leaves out what nothing of the audit calls for', () => {
  const [first, second] = phasesFor(recommended.slice(0, 1), [], dateOf)
  expect(first?.todo).toHaveLength(3)
  expect(second?.todo).toEqual(['Approve in one batch a week: Tags.'])
})
