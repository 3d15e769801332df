import type { Actor } from '../domain/people.ts'
import { loosened } from '../rules/loosened.ts'
import { type PolicyDocument, PolicySchema } from '../rules/policy.ts'
import type { Move } from './dependencies.ts'

/**
 * Ends the trials whose version is looser than what comes into force now in something in which it was not looser than
 * what was in force before: a tightening holds everywhere, also where another version is tried out.
 */
export async function endLooserTrials(
  tx: Move,
  by: Pick<Actor, 'id' | 'name'>,
  before: PolicyDocument,
  after: PolicyDocument,
): Promise<void> {
  const { trials } = await tx.snapshot()
  for (const trial of trials) {
    const tried = PolicySchema.parse(trial.document)
    const known = loosened(before, inPlaceOf(before, tried))
    const loose = loosened(after, inPlaceOf(after, tried)).filter((what) => !known.includes(what))
    if (loose.length === 0) continue
    await tx.policies.endTrial(trial.id, { by: by.name, at: tx.now, outcome: 'withdrawn' })
    await tx.appendEvent({
      subject: 'policy',
      subjectVersion: await tx.nextSubjectVersion('policy'),
      type: 'policy_trial_ended',
      body: { trial: trial.id, version: trial.version, outcome: 'withdrawn', by: by.id, looser_in: [...loose] },
    })
  }
}

/** What a trial does not decide: who changes policies, and people, of whom both versions ask. */
const inPlaceOf = (
  { policy_changes, approvals, own_approval_below }: PolicyDocument,
  tried: PolicyDocument,
): PolicyDocument => ({ ...tried, policy_changes, approvals, own_approval_below })
