import type { MemberId } from '../domain/ids.ts'
import { mayDo } from '../domain/people.ts'
import type { Snapshot, StoredAction } from '../ports/rows.ts'
import type { AskedNext } from '../rules/escalation-path.ts'
import { rightToApprove } from './decider-right.ts'

/** An owner, else an admin. */
const BY_ROLE = ['owner', 'admin'] as const

/**
 * Whom a waiting card turns to: the member of that address, or the first of that role who may approve it; where nobody
 * does (or the policy names nobody), an owner, else an admin. Who is away is asked through whoever decides for them.
 */
export function whomToAsk(
  snapshot: Snapshot,
  { action, payload }: StoredAction,
  to: AskedNext | null,
  approved: readonly string[],
  now: Date,
): MemberId | null {
  const able = snapshot.members
    .filter(({ disabledAt, role }) => disabledAt === null && mayDo(role, 'decide'))
    .filter(({ id }) => id !== action.proposerId && !approved.includes(id))
  const it = { ...action, amountMinor: payload.amountMinor }
  const within = able.filter((member) => rightToApprove(snapshot, { ...member, via: 'slack' }, it, now).ok)
  const named = to === null ? undefined : within.find(({ role, email }) => role === to || email === to.toLowerCase())
  const asked = named ?? BY_ROLE.map((role) => able.find((one) => one.role === role)).find((one) => one !== undefined)
  if (!asked) return null
  const stand = snapshot.delegations.find(
    ({ fromId, startsAt, endsAt }) => fromId === asked.id && startsAt <= now && now < endsAt,
  )
  return stand?.toId ?? asked.id
}
