import { handsOf, inBoth } from '../domain/hands.ts'
import type { Snapshot, StoredPolicy } from '../ports/rows.ts'
import type { Decider } from './check-decision.ts'
import type { Refusal } from './refusal.ts'
import { isShown, nameOf, OWN_TOKEN, unshown } from './same-hands.ts'

/** Why a member is not the second person of a version of the guardrails; null: nothing says that one person did both. */
export function refuseOwnVersion(
  snapshot: Pick<Snapshot, 'members'>,
  actor: Decider,
  { byId, at }: Pick<StoredPolicy, 'byId' | 'at'>,
  now: Date,
): Refusal | null {
  if (byId === null) return null
  const mine = handsOf(snapshot.members, actor, now)
  const issuer = inBoth(mine, handsOf(snapshot.members, { id: byId, via: 'http' }, at))
  if (issuer === undefined) return null
  return { kind: 'not_permitted', why: words(snapshot, actor, byId, issuer) }
}

function words(snapshot: Pick<Snapshot, 'members'>, actor: Decider, byId: string, issuer: string): string {
  const { id } = actor
  if (byId === id) return 'You wrote this version; somebody else has to agree to it.'
  const named = nameOf(snapshot, byId)
  if (issuer === id)
    return `${named} wrote this with a token that you had issued, so it counts as yours. Somebody else has to agree to it.`
  if (isShown(snapshot, actor)) return `${unshown(snapshot, issuer)}.`
  return `Your token is in the hands of whoever wrote this. In Slack, ${OWN_TOKEN}. Or let somebody else agree.`
}
