import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ceilingOf, type Level } from '../../../core/domain/ceiling.ts'
import { NO_PROGRESS, planRollout, type Progress } from '../../../core/domain/rollout/plan-rollout.ts'
import { bandOfWorkflow, type Workflow } from '../../../core/domain/rollout/workflow.ts'
import { anyWorkflow, plainWorkflow } from '../../support/any-workflow.ts'

const START = 20_000
const dateOf = (day: number): string => `+${day - START}`
const daily = { ...plainWorkflow, runsPerMonth: 365.25 / 12 }

function plan(
  workflows: readonly Workflow[],
  given: {
    readonly progress?: Readonly<Record<string, Partial<Progress>>>
    readonly policy?: ReadonlyMap<Workflow['category'], Level>
    readonly day?: number
  } = {},
) {
  const progress = Object.entries(given.progress ?? {}).map(([scope, one]): [string, Progress] => [
    scope,
    { ...NO_PROGRESS, ...one },
  ])
  const today = START + (given.day ?? 1) - 1
  const known = { progress: new Map(progress), policy: given.policy ?? new Map(), today }
  return planRollout({ workflows, startsOn: START }, known, dateOf)
}

describe('one workflow', () => {
  it('has its cycles after 30 days, and acts by itself from day 31', () => {
    const [one] = plan([daily]).workflows
    expect(one).toMatchObject({ name: 'Tidy contacts', scope: 'crm_update.small', startAt: 2, aimAt: 5 })
    expect(one).toMatchObject({
      thirtiethOn: START + 30,
      firstGrant: { on: START + 30, phase: 3 },
      progress: NO_PROGRESS,
    })
  })

  it('counts from when watching is over, where it already runs on a platform', () => {
    const [one] = plan([{ ...daily, origin: 'existing_workflow' }]).workflows
    expect(one).toMatchObject({ startAt: 1, thirtiethOn: START + 60, firstGrant: { on: START + 60, phase: 4 } })
    const [late] = plan([{ ...daily, origin: 'existing_workflow' }], { day: 41 }).workflows
    expect(late).toMatchObject({ thirtiethOn: START + 70 })
  })

  it('shows what was judged, and needs less time for the rest', () => {
    const [one] = plan([daily], { progress: { 'crm_update.small': { cycles: 20, decisions: 21 } }, day: 21 }).workflows
    expect(one).toMatchObject({ progress: { cycles: 20, decisions: 21 }, thirtiethOn: START + 30 })
  })

  it('has no date where it has nothing to earn', () => {
    const [one] = plan([{ ...daily, sensitivity: 'always_a_person' }]).workflows
    expect(one).toMatchObject({ aimAt: 2, thirtiethOn: null, firstGrant: null })
    const [draft] = plan([{ ...daily, isPreparing: true }], {
      progress: { 'crm_update.small': { cycles: 9 } },
    }).workflows
    expect(draft).toMatchObject({ aimAt: 2, thirtiethOn: null, firstGrant: null, progress: NO_PROGRESS })
  })

  it('keeps to the policy of its category', () => {
    expect(plan([daily], { policy: new Map([['crm_update', 3]]) }).workflows[0]?.aimAt).toBe(3)
    expect(plan([daily], { policy: new Map([['booking', 3]]) }).workflows[0]?.aimAt).toBe(5)
  })

  it('is not planned while its category is under full review', () => {
    const progress = { 'crm_update.small': { cycles: 30, fullReviewFor: 4 } }
    const found = plan([daily], { progress, day: 40 })
    expect(found.next).toEqual([])
    expect(found.workflows[0]).toMatchObject({ aimAt: 5, firstGrant: null, progress: { fullReviewFor: 4 } })
  })

  it('comes after day 90 where it runs too seldom', () => {
    const found = plan([{ ...daily, runsPerMonth: 2 }])
    expect(found.workflows[0]?.firstGrant).toMatchObject({ phase: null })
    expect(found.later).toEqual([expect.stringContaining('grant crm_update.small')])
  })
})

describe('what to do next', () => {
  const ready = { cycles: 30, decisions: 30 }
  const four: readonly Workflow[] = (['crm_update', 'booking', 'audience', 'seo_fix'] as const).map((category) => ({
    ...daily,
    name: category,
    category,
  }))

  it('is nothing before day 31', () => {
    expect(plan(four, { progress: { 'booking.small': ready }, day: 30 }).next).toEqual([])
  })

  it('is three at most', () => {
    const progress = Object.fromEntries(four.map(({ category }) => [`${category}.small`, ready]))
    const { next, workflows } = plan(four, { progress, day: 31 })
    expect(next.map(({ what, scope }) => [what, scope])).toEqual([
      ['grant', 'audience.small'],
      ['grant', 'booking.small'],
      ['grant', 'crm_update.small'],
    ])
    expect(workflows.map(({ name, firstGrant }) => [name, firstGrant?.on])).toEqual([
      ['audience', START + 30],
      ['booking', START + 30],
      ['crm_update', START + 30],
      ['seo_fix', START + 60],
    ])
  })

  it('counts what acts by itself outside the audit', () => {
    const given = { level: 3 as const, grantedOn: START + 30 }
    const progress = {
      'booking.small': ready,
      'blog_post.small': given,
      'ad_budget.small': given,
      'ad_creative.small': given,
    }
    const found = plan([{ ...daily, category: 'booking' }], { progress, day: 41 })
    expect(found.next).toEqual([])
    expect(found.workflows[0]?.firstGrant?.on).toBe(START + 60)
  })

  it('leaves a category alone that got worse, and begins with one beside what held', () => {
    const wide = four.map((one) => ({ ...one, people: 200 }))
    const progress = {
      ...Object.fromEntries(wide.map(({ category }) => [`${category}.medium`, ready])),
      'audience.small': { level: 3 as const, grantedOn: START + 30, verdict: 'worse' as const },
      'seo_fix.small': { level: 3 as const, grantedOn: START + 30, verdict: 'better' as const },
    }
    const found = plan([...wide, ...four], { progress, day: 61 })
    expect(found.next.map(({ what, scope, to }) => [what, scope, to])).toEqual([
      ['take_back', 'audience.small', 2],
      ['raise', 'seo_fix.small', 4],
      ['grant', 'seo_fix.medium', 3],
      ['grant', 'booking.medium', 3],
      ['grant', 'crm_update.medium', 3],
    ])
  })
})

it('never aims above a ceiling, has every workflow once, and never more than three new at once', () => {
  fc.assert(
    fc.property(fc.array(anyWorkflow, { maxLength: 10 }), fc.nat(100), (workflows, day) => {
      const named = workflows.map((workflow, at) => ({ ...workflow, name: String(at) }))
      const found = plan(named, { day })
      expect(found.workflows.map(({ name }) => name).toSorted()).toEqual(named.map(({ name }) => name).toSorted())
      for (const { name, aimAt } of found.workflows) {
        const workflow = named[Number(name)] ?? plainWorkflow
        expect(aimAt).toBeLessThanOrEqual(ceilingOf(workflow.risk, workflow.undo, bandOfWorkflow(workflow)))
      }
      const dayByScope = new Map(
        found.workflows.flatMap(({ scope, firstGrant }) => (firstGrant ? [[scope, firstGrant.on] as const] : [])),
      )
      for (const on of dayByScope.values()) {
        expect([...dayByScope.values()].filter((other) => other <= on && other > on - 30).length).toBeLessThanOrEqual(3)
      }
    }),
  )
})
