import type { Actor } from '../domain/people.ts'
import { err, ok } from '../domain/result.ts'
import type { PolicyTrialId } from '../domain/ids.ts'
import { PolicySchema } from '../rules/policy.ts'
import { type Context, transact } from './dependencies.ts'
import type { Answer } from './gate.ts'
import { mayChange, type TrialView, trialView } from './policy-in-force.ts'
import type { Refusal } from './refusal.ts'
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
    await tx.policies.endTrial(id, { by: actor.name, at: tx.now, outcome })
    if (outcome === 'promoted') await putInForce(ctx, tx, may.value, trial.version, document)
    else await tx.bumpEpoch()
    await tell(tx, 'policy_trial_ended', { trial: id, version: trial.version, outcome, by: actor.id }, null)
    return ok(trialView(trial))
  })
}
