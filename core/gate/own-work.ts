import type { MemberId } from '../domain/ids.ts'
import type { Snapshot, StoredAction } from '../ports/rows.ts'
import type { Transaction } from '../ports/transaction.ts'
import type { Decider } from './check-decision.ts'
import type { Context } from './dependencies.ts'
import { policiesOnPeople } from './policy-that-holds.ts'
import type { Refusal } from './refusal.ts'

/**
 * Why a person may not approve this as their own work; null: it is not, or the policy lets them. Their own is what they
 * proposed; with four eyes also what they asked for and what an agent proposed with a key that they made. With that key
 * in the same hands as a token, a token alone never approves it: a press in Slack shows a person.
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
  if (action.proposerId === actor.id) {
    const isBelow = policies.every(
      ({ own_approval_below: below }) => below !== undefined && payload.amountMinor < below,
    )
    if (!fourEyes && isBelow) return null
    return refused('You proposed this yourself; somebody else has to decide it.')
  }
  if (fourEyes && askedBy(snapshot, actor.id, action.requestedBy?.member))
    return refused('You asked for this yourself; somebody else has to decide it.')
  if (action.agentId === null || (actor.via === 'slack' && !fourEyes)) return null
  const known = snapshot.agents.find(({ id }) => id === action.agentId) ?? (await tx.loadAgent(action.agentId))
  if (known?.createdBy !== actor.id) return null
  return refused(
    fourEyes
      ? 'Its agent works with a key that you made; somebody else has to decide it.'
      : 'Its agent works with a key that you made: decide it in Slack, or let somebody else decide it.',
  )
}

const refused = (why: string): Refusal => ({ kind: 'not_permitted', why })

/** By id, e-mail address or Slack user: as the proposer named whoever asked. */
function askedBy({ members }: Snapshot, id: MemberId, named: string | undefined): boolean {
  if (named === undefined) return false
  const me = members.find((member) => member.id === id)
  const said = named.trim().toLowerCase()
  return [id, me?.email, me?.slackUserId].some((name) => name?.toLowerCase() === said)
}
