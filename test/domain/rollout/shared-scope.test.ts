import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import type { Level } from '../../../core/domain/ceiling.ts'
import { recommendLevel } from '../../../core/domain/rollout/recommend-level.ts'
import { withSharedScopes } from '../../../core/domain/rollout/shared-scope.ts'
import type { Workflow } from '../../../core/domain/rollout/workflow.ts'
import { anyWorkflow, plainWorkflow } from '../../support/any-workflow.ts'

const recommended = (workflows: readonly Workflow[]) =>
  workflows.map((workflow) => ({ workflow, recommendation: recommendLevel(workflow, 5) }))

test.each<[string, Partial<Workflow>, Level, Level]>([
  ['a sensitive neighbour keeps it down', { sensitivity: 'high' }, 3, 3],
  ['the lowest neighbour counts', { sensitivity: 'always_a_person' }, 2, 2],
  ['one in another band does not', { sensitivity: 'high', people: 200 }, 5, 3],
  ['nor one in another category', { sensitivity: 'high', category: 'booking' }, 5, 3],
  ['nor one that its own ceiling holds', { sensitivity: 'high', risk: 'high' }, 5, 3],
  ['nor one that is only prepared', { isPreparing: true }, 5, 2],
])('%s', (_name, given, own, others) => {
  const [one, other] = withSharedScopes(
    recommended([plainWorkflow, { ...plainWorkflow, name: 'Tell the press', ...given }]),
  )
  expect([one?.recommendation.aimAt, other?.recommendation.aimAt]).toEqual([own, others])
  const blocks = one?.recommendation.blocks ?? []
  expect(blocks.map(({ by }) => by)).toEqual(own < 5 ? ['shared_scope'] : [])
  expect(blocks.every(({ says }) => says.includes('“Tell the press”'))).toBe(true)
})

it('only ever lowers, and leaves no two of a scope in conflict', () => {
  fc.assert(
    fc.property(fc.array(anyWorkflow, { maxLength: 8 }), (workflows) => {
      const before = recommended(workflows)
      const after = withSharedScopes(before)
      after.forEach(({ recommendation }, at) => {
        expect(recommendation.aimAt).toBeLessThanOrEqual(before[at]?.recommendation.aimAt ?? 0)
      })
      // Told again, nothing is left to change.
      expect(withSharedScopes(after).map((one) => one.recommendation.aimAt)).toEqual(
        after.map((one) => one.recommendation.aimAt),
      )
    }),
  )
})
