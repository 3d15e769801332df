import type { Actor } from '../domain/people.ts'
import { err, ok } from '../domain/result.ts'
import type { PolicyTrialId } from '../domain/ids.ts'
import { loosened } from '../rules/loosened.ts'
import { type PolicyDocument, PolicySchema } from '../rules/policy.ts'
import { type Context, transact } from './dependencies.ts'
import type { Answer } from './gate.ts'
import { mayChange, type TrialView, trialView } from './policy-in-force.ts'
import type { Refusal } from './refusal.ts'
import { seedBudgets } from './seed-budgets.ts'
import { putInForce, refuseLoosening, tell } from './set-policy.ts'

/** Ends a trial: its version holds everywhere from now on, or nowhere. What became stricter by it is looked at again. */
export async function endPolicyTrial(
  ctx: Context,
  actor: Actor,
  id: PolicyTrialId,
  outcome: 'promoted' | 'withdrawn',
): Answer<TrialView> {
  const may = mayChange(actor)
  if (!may.ok) return may
  return await transact<TrialView, Refusal>(ctx, actor.workspaceId, async (tx) => {
    await tx.lockControl('configure')
    const { trials, policy } = await tx.snapshot()
    const trial = trials.find((one) => one.id === id)
    if (!trial) return err({ kind: 'not_found', what: 'this trial (or it has ended already)' })
    const document = PolicySchema.parse(trial.document)
    const inForce = PolicySchema.parse(policy?.document ?? {})
    // Ending a stricter trial loosens where it held; making it hold everywhere may loosen the rest.
    const refused =
      outcome === 'promoted'
        ? refuseLoosening(may.value, inForce, document)
        : refuseLoosening(may.value, document, inForce)
    if (refused) return err(refused)
    if (inForce.policy_changes?.second_person === true) {
      if (outcome === 'promoted') return err({ kind: 'not_permitted', why: PROMOTE_TOGETHER })
      if (isStricter(document, inForce)) return err({ kind: 'not_permitted', why: WITHDRAW_TOGETHER })
    }
    await tx.policies.endTrial(id, { by: actor.name, at: tx.now, outcome })
    if (outcome === 'promoted') await putInForce(ctx, tx, may.value, trial.version, document)
    else {
      await seedBudgets(ctx, tx, { document: inForce, trials: trials.filter((one) => one.id !== id) })
      await tx.bumpEpoch()
    }
    await tell(tx, 'policy_trial_ended', { trial: id, version: trial.version, outcome, by: actor.id }, null)
    return ok(trialView(trial))
  })
}

const PROMOTE_TOGETHER =
  'Changes need a second person: propose what is on trial as a new version, so that somebody else can confirm it.'
const WITHDRAW_TOGETHER =
  'Changes need a second person, and this trial is stricter than what is in force: propose what shall hold, so that somebody else can confirm it.'

const CAPS: readonly string[] = ['amount', 'budget', 'exposure']

/** Whether a trial may forbid anything that is allowed without it: all but caps is either the same, or may. */
function isStricter(trial: PolicyDocument, inForce: PolicyDocument): boolean {
  if (loosened(trial, inForce).length > 0) return true
  const its = new Map<string, unknown>(Object.entries(trial))
  const others = new Map<string, unknown>(Object.entries(inForce))
  return [...new Set([...its.keys(), ...others.keys()])].some((key) => {
    const text = JSON.stringify(its.get(key) ?? null)
    if (key === 'policy_changes' || text === JSON.stringify(others.get(key) ?? null)) return false
    return !CAPS.includes(key) || text.includes('"ask_above"')
  })
}
