import type { State } from '../domain/action-states.ts'
import type { PlanId } from '../domain/ids.ts'
import { reservedFor } from '../domain/money-by-state.ts'
import { MOST_STEPS } from '../domain/plan-size.ts'
import type { Actor } from '../domain/people.ts'
import { err, ok, type Result } from '../domain/result.ts'
import type { StateRow } from '../ports/rows.ts'
import { checkCallbackAddress, parseProposal } from './check-proposal.ts'
import { type Context, type Move, transact } from './dependencies.ts'
import { describePlan } from './describe-plan.ts'
import { lockBudgets } from './lock-budgets.ts'
import type { Answer } from './gate.ts'
import type { Once, PlanProposal } from './requests.ts'
import { takeProposalToken } from './propose-action.ts'
import { checkDraft, type CheckedDraft, type Parsed, placeDraft, type Prepared, writeDraft } from './draft-action.ts'
import type { Refusal } from './refusal.ts'
import type { PlanView } from './views.ts'

type Answered = { readonly plan: PlanView; readonly replayed: boolean }

/**
 * Proposes several actions as one: one card, one decision, run in order, stopped by the first failure. The plan goes
 * where its strictest step goes: if one step has to be asked for, all are; if one is blocked, all are. The steps' rows
 * are written in one transaction.
 */
export async function proposePlan(ctx: Context, actor: Actor, plan: PlanProposal, once: Once): Answer<Answered> {
  const parsed = parseSteps(ctx, plan)
  if (!parsed.ok) return parsed
  const address = checkCallbackAddress(ctx, plan.callbackUrl)
  if (!address.ok) return address
  const allowed = await takeProposalToken(ctx, actor)
  if (!allowed.ok) return allowed
  const result = await transact<Answered, Refusal | { readonly kind: 'replay' }>(ctx, actor.workspaceId, async (tx) => {
    const before = await tx.findPlanByKey(actor.id, once.key)
    if (before)
      return before.bodyDigest === once.bodyDigest ? err({ kind: 'replay' }) : err({ kind: 'idempotency_conflict' })
    const id = ctx.newId('pln')
    const { title, reason, requestedBy } = plan
    const row = {
      id,
      workspaceId: actor.workspaceId,
      proposerId: actor.id,
      title,
      reason,
      requestedBy: requestedBy ?? null,
      steps: plan.steps.length,
    }
    if (!(await tx.insertPlan({ ...row, idempotencyKey: once.key, bodyDigest: once.bodyDigest, proposedAt: tx.now })))
      return err({ kind: 'replay' })
    await tx.lockControl('move')
    const prepared = await prepareSteps(ctx, tx, actor, plan, parsed.value, { id, once })
    if (!prepared.ok) return prepared
    for (const step of alignSteps(prepared.value)) await writeDraft(ctx, tx, step)
    return ok({ plan: await describePlan(ctx, tx, id), replayed: false })
  })
  if (result.ok) return result
  if (result.error.kind !== 'replay') return err(result.error)
  return await ctx.store.read<Awaited<Answer<Answered>>>(actor.workspaceId, async (tx) => {
    const winner = await tx.findPlanByKey(actor.id, once.key)
    if (!winner || winner.bodyDigest !== once.bodyDigest) return err({ kind: 'idempotency_conflict' })
    return ok({ plan: await describePlan(ctx, tx, winner.id), replayed: true })
  })
}

function parseSteps(ctx: Context, plan: PlanProposal): Result<readonly Parsed[], Refusal> {
  const problem = (path: string, says: string) => err<Refusal>({ kind: 'malformed', problems: [{ path, says }] })
  if (plan.steps.length === 0 || plan.steps.length > MOST_STEPS)
    return problem('steps', `A plan has 1 to ${MOST_STEPS} steps.`)
  const parsed: Parsed[] = []
  for (const [index, step] of plan.steps.entries()) {
    const result = parseProposal(ctx.kinds, step)
    if (!result.ok && result.error.kind === 'malformed') {
      return err({
        kind: 'malformed',
        problems: result.error.problems.map(({ path, says }) => ({ path: `steps.${index}.${path}`, says })),
      })
    }
    if (!result.ok) return result
    if (result.value.kind.readFacts)
      return problem(
        `steps.${index}.kind`,
        `“${result.value.kind.title}” binds what is on the platform and is proposed on its own.`,
      )
    if (result.value.kind.plannedAt)
      return problem(
        `steps.${index}.kind`,
        `“${result.value.kind.title}” has a time of its own and is proposed on its own.`,
      )
    parsed.push(result.value)
  }
  return ok(parsed)
}

type Identity = { readonly id: PlanId; readonly once: Once }

async function prepareSteps(
  ctx: Context,
  tx: Move,
  actor: Actor,
  plan: PlanProposal,
  parsed: readonly Parsed[],
  { id, once }: Identity,
) {
  const { title: _title, steps: raw, ...common } = plan
  const checked: CheckedDraft[] = []
  for (const [index, step] of parsed.entries()) {
    const result = await checkDraft(ctx, tx, actor, step, {
      ...common,
      kind: step.kind.id,
      input: step.input,
      ...(raw[index]?.connection === undefined ? {} : { connection: raw[index].connection }),
      plan: { id, step: index + 1, steps: parsed.length },
      // A character that no key from outside has.
      once: { key: `${once.key}\u001f${index + 1}`, bodyDigest: once.bodyDigest },
    })
    if (!result.ok) return result
    checked.push(result.value)
  }
  await lockBudgets(
    tx,
    checked.flatMap(({ evaluated }) => evaluated.charges),
  )
  const prepared: Prepared[] = []
  const pending = new Map<string, number>()
  for (const step of checked) {
    const result = await placeDraft(ctx, tx, actor, step, pending)
    if (!result.ok) return result
    prepared.push(result.value)
    for (const { window, amountMinor } of result.value.stored.state.charges)
      pending.set(window, (pending.get(window) ?? 0) + reservedFor(amountMinor))
  }
  return ok(prepared)
}

/** The strictest place that any step leads to, first to last. */
const STRICTEST: readonly State[] = ['observed', 'blocked', 'awaiting_approval', 'held', 'scheduled', 'ready']

/**
 * All steps go where the strictest one leads. Of a plan that may run, the first step runs (or waits out its hold, or
 * its slot) and the others wait their turn: `scheduled` without a time.
 */
function alignSteps(prepared: readonly Prepared[]): readonly Prepared[] {
  const states = prepared.map(({ stored }) => stored.state)
  const strictest = STRICTEST.map((state) => states.find((row) => row.state === state)).find((row) => row !== undefined)
  if (!strictest) return prepared
  return prepared.map(({ stored, ...rest }, index) => {
    const { state } = stored
    const { expiresAt, remindAt, runAt } = strictest
    const ends = strictest.state === 'observed' || strictest.state === 'blocked'
    const turn = !ends && strictest.state !== 'awaiting_approval' && index > 0
    const placed: StateRow = turn
      ? { ...state, state: 'scheduled', runAt: null, expiresAt: null, remindAt: null }
      : {
          ...state,
          state: strictest.state,
          expiresAt,
          remindAt: index === 0 ? remindAt : null,
          runAt,
          charges: ends ? [] : state.charges,
        }
    return { ...rest, stored: { ...stored, state: placed } }
  })
}
