import type { AgentId } from '../domain/ids.ts'
import { platformWords } from '../domain/platform-words.ts'
import { type RecipientLimits, reachOf } from '../domain/recipients/reach.ts'
import { blockedWords, reachWords } from '../domain/recipients/reach-words.ts'
import { type Reason, verdictOf } from '../domain/verdict.ts'
import type { Timing } from '../domain/timing.ts'
import type { Facts, Kind, Recipient } from '../ports/kind.ts'
import type { ExposureRow } from '../ports/people.ts'
import type { StoredAction } from '../ports/rows.ts'
import type { Transaction } from '../ports/transaction.ts'
import { asksOfRecipients } from '../rules/recipient-limits.ts'
import type { Evaluated } from './evaluate-action.ts'
import { digestsOf } from './know-people.ts'
import type { ToReach } from './read-recipients.ts'
import { timingOfAction } from './timing-of-action.ts'

/** Who may be reached at this moment; or why it must not go out. */
export type CheckedRecipients =
  | { readonly kind: 'blocked'; readonly reason: Reason }
  | {
      readonly kind: 'clear'
      /** Whom alone; null: everybody it is for. */
      readonly only: readonly Recipient[] | null
      readonly reach: NonNullable<Facts['reach']> | null
      readonly exposures: readonly ExposureRow[]
    }

/**
 * Judges the people whom an action is for by what is known of them now: consent, suppressions, messages on all channels.
 * Holds the people of the workspace to the end of the transaction, so that of two sends at once the second counts the
 * first, and a withdrawal that was answered is seen. What cannot be read is not reachable.
 */
export async function checkRecipients(
  tx: Transaction,
  { action, payload }: StoredAction,
  kind: Kind,
  limits: RecipientLimits,
  toReach: ToReach,
): Promise<CheckedRecipients> {
  if (toReach.kind === 'unreadable') return { kind: 'blocked', reason: block(toReach.says) }
  await tx.people.lock()
  const at = arrivalOf(timingOfAction(kind, action, payload.input), tx.now)
  const standings = await tx.people.standings(
    toReach.people.map(({ identified }) => digestsOf(identified)),
    { channel: kind.channel, at, days: limits.most?.days ?? 0, actionId: action.id },
  )
  const reach = reachOf(standings, limits, at.getTime())
  const leavesSomeOut = reach.reachable.length < reach.of
  if (leavesSomeOut && (reach.reachable.length === 0 || kind.leavesOut !== true))
    return { kind: 'blocked', reason: block(blockedWords(reach, limits.most)) }
  const reached = reach.reachable.flatMap((place) => toReach.people[place] ?? [])
  // Where somebody must not be reached, whoever joined since and was not looked at is not reached either.
  const mayName = kind.leavesOut === true && reached.length > 0
  const isNamed =
    mayName &&
    (leavesSomeOut ||
      asksOfRecipients(limits) ||
      (await tx.people.isAnybodyLeftOut(kind.channel, platformWords(kind.platform))))
  return {
    kind: 'clear',
    only: isNamed ? reached.map(({ recipient }) => recipient) : null,
    reach: isNamed ? { of: reach.of, says: reachWords(reach, limits.most) } : null,
    exposures: kind.reachesPeople ? reached.flatMap((one) => exposureOf(one, kind, action.agentId, at)) : [],
  }
}

const block = (text: string): Reason => ({ rule: 'recipients', outcome: 'block', text })

/** When it reaches people if it ran now, or at its slot. */
const arrivalOf = ({ slotAt }: Timing, now: Date): Date => (slotAt !== null && slotAt > now ? slotAt : now)

function exposureOf(
  { identified: [first] }: Extract<ToReach, { kind: 'read' }>['people'][number],
  { channel }: Kind,
  agentId: AgentId | null,
  at: Date,
): readonly ExposureRow[] {
  return first ? [{ digest: first.digests[0], channel, agentId, at }] : []
}

/** What is on the platform, with how many of those people it reaches. */
export function reachedFacts(facts: Facts | null, checked: CheckedRecipients | null): Facts | null {
  if (facts === null || checked?.kind !== 'clear' || checked.only === null || checked.reach === null) return facts
  return { ...facts, people: checked.only.length, reach: checked.reach }
}

/** The same evaluation, blocked where nobody may be reached or nobody can be left out. */
export function withRecipients(evaluated: Evaluated, checked: CheckedRecipients | null): Evaluated {
  if (checked?.kind !== 'blocked') return evaluated
  return {
    ...evaluated,
    place(counters) {
      const { verdict, route } = evaluated.place(counters)
      return {
        verdict: verdictOf([checked.reason, ...verdict.reasons]),
        route: route.state === 'observed' ? route : { state: 'blocked' },
      }
    },
  }
}
