import { type Hands, handsOf, inBoth } from '../domain/hands.ts'
import type { Snapshot, StoredAction } from '../ports/rows.ts'
import type { Transaction } from '../ports/transaction.ts'
import type { Decider } from './check-decision.ts'
import type { Context } from './dependencies.ts'
import { policiesOnPeople } from './policy-that-holds.ts'
import type { Refusal } from './refusal.ts'
import { isShown, nameOf, unshown } from './same-hands.ts'

/**
 * Why a person may not approve this as their own work; null: it is not, or the policy lets them. Their own is what they
 * proposed; with four eyes also what they asked for and what an agent proposed with a key that they made. Whoever holds
 * a token that somebody had issued counts as that one too (`domain/hands.ts`): a token alone never approves what came
 * out of the same hands. A press in Slack does, but with four eyes.
 */
export async function refuseOwnWork(
  ctx: Context,
  tx: Transaction,
  snapshot: Snapshot,
  actor: Decider,
  stored: StoredAction,
): Promise<Refusal | null> {
  const { action, payload } = stored
  const policies = policiesOnPeople(ctx, snapshot, stored)
  const fourEyes = policies.some(({ approvals }) => approvals?.four_eyes === true)
  const isPress = actor.via === 'slack' && !fourEyes
  const mine: Hands = isPress ? [actor.id] : handsOf(snapshot.members, actor, tx.now)
  const proposers = handsOf(snapshot.members, { id: action.proposerId, via: 'http' }, action.proposedAt)
  const proposer = inBoth(mine, isPress ? [action.proposerId] : proposers)
  if (proposer !== undefined) {
    const isBelow = policies.every(
      ({ own_approval_below: below }) => below !== undefined && payload.amountMinor < below,
    )
    return !fourEyes && isBelow ? null : refused(ownWords(snapshot, actor, stored, proposer, fourEyes))
  }
  if (fourEyes && mine.some((id) => askedBy(snapshot, id, action.requestedBy?.member)))
    return refused('You asked for this yourself; somebody else has to decide it.')
  if (action.agentId === null || isPress) return null
  const known = snapshot.agents.find(({ id }) => id === action.agentId) ?? (await tx.loadAgent(action.agentId))
  if (!known?.createdBy) return null
  const maker = inBoth(mine, [known.createdBy, ...known.keyHands])
  if (maker === undefined) return null
  if (maker !== actor.id && isShown(snapshot, actor)) return refused(`${unshown(snapshot, maker)}.`)
  const made = maker === known.createdBy && maker === actor.id ? 'you made' : 'came out of the same hands as your token'
  return refused(
    fourEyes
      ? `Its agent works with a key that ${made}; somebody else has to decide it.`
      : `Its agent works with a key that ${made}: decide it in Slack, or let somebody else decide it.`,
  )
}

const refused = (why: string): Refusal => ({ kind: 'not_permitted', why })

function ownWords(
  snapshot: Snapshot,
  actor: Decider,
  { action: { proposerId } }: StoredAction,
  issuer: string,
  fourEyes: boolean,
): string {
  const { id } = actor
  if (proposerId === id) return 'You proposed this yourself; somebody else has to decide it.'
  const named = nameOf(snapshot, proposerId)
  if (isShown(snapshot, actor) && issuer !== id) return `${unshown(snapshot, issuer)}.`
  const how =
    issuer === id
      ? `${named} proposed this with a token that you had issued`
      : issuer === proposerId
        ? `${named}, who proposed this, had your token issued`
        : `Your token and the one of ${named}, who proposed this, were issued by one person`
  return fourEyes && issuer === id
    ? `${how}, so it counts as yours. Somebody else has to decide it.`
    : `${how}: decide it in Slack, or let somebody else decide it.`
}

/** By id, e-mail address or Slack user: as the proposer named whoever asked. */
function askedBy({ members }: Snapshot, id: string, named: string | undefined): boolean {
  if (named === undefined) return false
  const me = members.find((member) => member.id === id)
  const said = named.trim().toLowerCase()
  return [id, me?.email, me?.slackUserId].some((name) => name?.toLowerCase() === said)
}
