import type { Category } from '../domain/category.ts'
import type { Level } from '../domain/ceiling.ts'
import type { Risk, Undo } from '../domain/effect.ts'
import type { Actor } from '../domain/people.ts'
import { err, ok, type Result } from '../domain/result.ts'
import { CYCLES_NEEDED } from '../domain/rollout/cycles.ts'
import { ALL, highestLevel } from '../domain/trust/standing.ts'
import { NO_PROGRESS, planRollout as planOf, type Progress, type RolloutPlan } from '../domain/rollout/plan-rollout.ts'
import { scopeOfWorkflow, type Workflow } from '../domain/rollout/workflow.ts'
import { decisionsUntilOthers } from '../domain/trust/category-lock.ts'
import { categoryOfScope, scopeWindow } from '../domain/trust/scope-score.ts'
import { type DayNumber, dayOf } from '../domain/trust/score-window.ts'
import type { InputProblem, Kind } from '../ports/kind.ts'
import type { ScopeTrust } from '../ports/trust.ts'
import type { Transaction } from '../ports/transaction.ts'
import { verdictAtWeekFour } from './compare-rollout.ts'
import type { Context } from './dependencies.ts'
import { policyInForce } from './policy-at.ts'
import type { Answer } from './gate.ts'
import type { Refusal } from './refusal.ts'
import type { AuditedWorkflow, RolloutAudit, RolloutPlanView } from './rollout-views.ts'

const MS_PER_DAY = 86_400_000

const RISKS: readonly Risk[] = ['low', 'medium', 'high']
/** From what can be taken back best to what cannot be. */
const UNDOS: readonly Undo[] = ['exact', 'compensating', 'held', 'none']

/** The rollout guide for an audit of workflows. Nothing of it is kept. */
export async function planRollout(ctx: Context, actor: Actor, audit: RolloutAudit): Answer<RolloutPlanView> {
  if (actor.kind === 'agent') return err({ kind: 'not_permitted', why: 'Only members can plan a rollout.' })
  const known = workflowsOf(ctx, audit)
  if (!known.ok) return known
  const workflows = known.value
  return await ctx.store.read<Result<RolloutPlanView, Refusal>>(actor.workspaceId, async (tx) => {
    const today = dayOf(tx.now.getTime())
    const startsOn = audit.startsOn === null ? today : dayOf(Date.parse(audit.startsOn))
    const { levels = {} } = policyInForce(ctx, await tx.snapshot()).document
    // safe: the schema of the policy has categories and levels there, and nothing undefined
    const policy = new Map(Object.entries(levels) as [Category, Level][])
    const progress = await progressOf(ctx, tx, new Set(workflows.map(scopeOfWorkflow)), today)
    return ok(viewOf(planOf({ workflows, startsOn }, { progress, policy, today }, dateOf)))
  })
}

/** Each workflow with what its kind says; or everything that is wrong with the audit. */
function workflowsOf(ctx: Context, { workflows }: RolloutAudit): Result<readonly Workflow[], Refusal> {
  const problems: InputProblem[] = []
  const complete: Workflow[] = []
  for (const [at, audited] of workflows.entries()) {
    const kind = audited.kind === null ? null : ctx.kinds.get(audited.kind)
    if (kind === undefined)
      return err({ kind: 'unknown_kind', action: audited.kind ?? '', known: ctx.kinds.all.map(({ id }) => id) })
    const own = { category: audited.category ?? kind?.category, risk: audited.risk ?? kind?.risk }
    const { category, risk, undo } = { ...own, undo: audited.undo ?? kind?.effect.undo }
    if (category === undefined || risk === undefined || undo === undefined) {
      const missing = Object.entries({ category, risk, undo }).flatMap(([name, given]) => (given ? [] : [name]))
      problems.push(...missing.map((name) => problem(at, name, 'It is needed where no kind is named.')))
    } else if (kind && category !== kind.category) {
      problems.push(problem(at, 'category', `${kind.id} belongs to ${kind.category}.`))
    } else {
      complete.push(completed(audited, kind, { category, risk, undo }))
    }
  }
  return problems.length > 0 ? err({ kind: 'malformed', problems }) : ok(complete)
}

const problem = (at: number, field: string, says: string): InputProblem => ({
  path: `workflows.${at}.${field}`,
  says,
})

function completed(
  { kind: _kind, ...audited }: AuditedWorkflow,
  kind: Kind | null,
  { category, risk, undo }: Pick<Workflow, 'category' | 'risk' | 'undo'>,
): Workflow {
  return {
    ...audited,
    category,
    risk: kind ? stricter(RISKS, risk, kind.risk) : risk,
    undo: kind ? stricter(UNDOS, undo, kind.effect.undo) : undo,
    isPreparing: kind?.effect.preparing ?? false,
  }
}

const stricter = <T>(order: readonly T[], a: T, b: T): T => (order.indexOf(a) > order.indexOf(b) ? a : b)

/** Every scope of the audit, and every other in which something was decided or granted; compared are those of the audit that act by themselves. */
async function progressOf(
  ctx: Context,
  tx: Transaction,
  audited: ReadonlySet<string>,
  today: DayNumber,
): Promise<ReadonlyMap<string, Progress>> {
  const [{ standings }, trust] = [await tx.snapshot(), await tx.trust.readScopes(null)]
  const names = new Set([
    ...audited,
    ...trust.map(({ scope: { scope } }) => scope),
    ...standings.map(({ scope }) => scope),
  ])
  const locks = new Map(
    trust.flatMap(({ scope: { scope, lock } }) => (lock ? [[categoryOfScope(scope), lock] as const] : [])),
  )
  const progress = new Map<string, Progress>()
  for (const scope of names) {
    const own = standings.filter((one) => one.scope === scope && one.agentId !== ALL)
    const level = highestLevel(own, tx.now)
    const lock = locks.get(categoryOfScope(scope))
    const first = own.flatMap(({ firstAtMs }) => firstAtMs ?? [])
    progress.set(scope, {
      ...countsOf(
        trust.find((one) => one.scope.scope === scope),
        today,
      ),
      level,
      grantedOn: first.length === 0 ? null : dayOf(Math.min(...first)),
      fullReviewFor: lock ? decisionsUntilOthers(lock) : 0,
      verdict: level >= 3 && audited.has(scope) ? await verdictAtWeekFour(ctx, tx, scope) : null,
    })
  }
  return progress
}

function countsOf(
  trust: ScopeTrust | undefined,
  today: DayNumber,
): Pick<Progress, 'cycles' | 'decisions' | 'rejections'> {
  if (!trust) return NO_PROGRESS
  const { decisions, rejections } = scopeWindow(trust.days, trust.cells, today).counted
  return { cycles: trust.cells.reduce((sum, { history }) => sum + history.cell.cycles, 0), decisions, rejections }
}

const dateOf = (day: DayNumber): string => new Date(day * MS_PER_DAY).toISOString().slice(0, 10)

function viewOf({ startsOn, workflows, phases, later, next }: RolloutPlan): RolloutPlanView {
  return {
    startsOn: dateOf(startsOn),
    workflows: workflows.map(({ progress, thirtiethOn, firstGrant, ...planned }) => ({
      ...planned,
      progress: {
        level: progress.level,
        cycles: progress.cycles,
        needs: CYCLES_NEEDED,
        decisions: progress.decisions,
        rejections: progress.rejections,
        fullReviewFor: progress.fullReviewFor,
      },
      thirtiethOn: thirtiethOn === null ? null : dateOf(thirtiethOn),
      firstGrant: firstGrant && { on: dateOf(firstGrant.on), phase: firstGrant.phase },
    })),
    phases: phases.map((phase) => ({
      ...phase,
      from: dateOf(startsOn + phase.fromDay - 1),
      to: dateOf(startsOn + phase.toDay - 1),
    })),
    later,
    next,
  }
}
