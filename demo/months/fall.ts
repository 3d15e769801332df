import { claim } from '../claim.ts'
import type { ActionAnswer } from '../gate-client.ts'
import type { Office } from './office.ts'

const POINTS = 15

/** Something that ran at level 4 is taken back: 15 points go, and the whole category returns to review. Section 6. */
export async function tellFall(
  { owner, say }: Office,
  { kind, category, scope }: ActionAnswer,
  undo: () => Promise<void>,
): Promise<void> {
  const before = await owner.trust(scope)
  await undo()
  const after = await owner.trust(scope)
  say.held(`${kind} was taken back at level 4: the score falls from ${before.score} to ${after.score}.`)
  claim(after.exact_score <= before.exact_score - POINTS + 0.001, 'An undo at level 4 did not cost 15 points.')
  claim(after.lock !== null, 'An undo at level 4 did not put its category under full review.')
  const alone = (await owner.grants()).filter(
    (grant) => grant.scope.startsWith(`${category}.`) && grant.agent !== '*' && grant.in_force > 2,
  )
  claim(alone.length === 0, `${alone[0]?.scenario ?? ''} still runs by itself under full review.`)
  say.held(`Everything of ${category} asks a person again.`)
}
