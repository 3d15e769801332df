import { issuersOf } from '../domain/hands.ts'
import { type Right, rightsOf, within } from '../domain/rights.ts'
import type { Snapshot } from '../ports/rows.ts'
import type { Decider } from './check-decision.ts'
import type { Refusal } from './refusal.ts'
import { nameOf } from './same-hands.ts'

type Who = Pick<Decider, 'id' | 'role' | 'via'>

/**
 * Why a right that a member has does not count over this token: somebody else has held it who has no such right, or has
 * held the one that it was lent with. Null: it is not for a token that they may not.
 */
export function throughToken(
  snapshot: Pick<Snapshot, 'members' | 'delegations'>,
  who: Who,
  fits: (right: Right) => boolean,
  now: Date,
): Refusal | null {
  const { members, delegations } = snapshot
  const barred = (right: Right, hands: readonly string[]): string | undefined =>
    hands.find((hand) => {
      const left = within(right, [hand], members)
      return left === null || !fits(left)
    })
  const shown = rightsOf({ ...who, via: 'slack' }, members, delegations, now).find(fits)
  const issuer = shown && barred(shown, issuersOf(members, who, now))
  if (issuer !== undefined) return refused(`Your token was issued by ${nameOf(snapshot, issuer)}, ${IN_SLACK}`)
  const lent = rightsOf(who, members, unbound(delegations), now).find(fits)
  if (!lent?.onBehalfOf) return null
  const lender = lent.onBehalfOf
  const by = barred(
    lent,
    delegations.filter(({ fromId, toId }) => fromId === lender.id && toId === who.id).flatMap(({ hands }) => hands),
  )
  if (by === undefined) return null
  return refused(
    `${nameOf(snapshot, lender.id)} lent this with a token issued by ${nameOf(snapshot, by)}, ${LENT_AGAIN}`,
  )
}

const unbound = (delegations: Snapshot['delegations']): Snapshot['delegations'] =>
  delegations.map((one) => ({ ...one, hands: [] }))

const IN_SLACK = 'who may not do this. Do it in Slack, take a token there (/tenure token), or ask an owner for one.'
const LENT_AGAIN = 'who may not do this. An owner can lend it anew.'

const refused = (why: string): Refusal => ({ kind: 'not_permitted', why, isAboutToken: true })
