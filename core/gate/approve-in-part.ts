import { handsOf, issuersOf } from '../domain/hands.ts'
import { mayDo } from '../domain/people.ts'
import { err, ok } from '../domain/result.ts'
import { type Right, within } from '../domain/rights.ts'
import {
  approvedBefore,
  distinctApprovals,
  isSamePerson,
  type OneApproval,
  type PeopleRule,
  peopleNeeded,
  stillMissing,
} from '../domain/several-approvals.ts'
import type { DecisionRow, PayloadRow, Snapshot, StoredAction } from '../ports/rows.ts'
import { peopleRulesFor } from '../rules/approvals-policy.ts'
import type { Decided, Decider } from './check-decision.ts'
import type { Context, Move } from './dependencies.ts'
import type { Evaluated } from './evaluate-action.ts'
import { moveAction } from './move-action.ts'
import { policiesOnPeople, policyThatHolds } from './policy-that-holds.ts'
import { behalfBody, type Deciding, recordDecision } from './record-decision.ts'
import type { Refusal } from './refusal.ts'
import { sameHands } from './same-hands.ts'

export type PartApproval = OneApproval & { readonly row: DecisionRow }

/** The rules that ask for more than one person here; `wholeMinor`: what the plan that it belongs to costs together. */
export function peopleRules(
  ctx: Pick<Context, 'compiled' | 'kinds'>,
  snapshot: Snapshot,
  stored: Pick<StoredAction, 'action' | 'payload'>,
  { amountMinor, people }: Pick<Evaluated, 'amountMinor' | 'people'>,
  wholeMinor = amountMinor,
): readonly PeopleRule[] {
  const { category, channel, kind } = stored.action
  const it = { channel, kind, people, amountMinor: Math.max(amountMinor, wholeMinor) }
  // Where a label put it elsewhere, the rules of its kind's own category hold as well.
  const categories = new Set([category, ctx.kinds.get(kind)?.category ?? category])
  return policiesOnPeople(ctx, snapshot, stored).flatMap(({ approvals }) =>
    [...categories].flatMap((one) => peopleRulesFor(approvals, { ...it, category: one })),
  )
}

/**
 * The approvals that count towards what waits now: of this payload, under the policy that holds there, by those who may still
 * decide, each person once (`domain/hands.ts`). Whatever draws a fresh payload (an edit, a stricter verdict, a return) starts over.
 */
export function countedApprovals(
  ctx: Pick<Context, 'compiled' | 'kinds'>,
  snapshot: Snapshot,
  stored: Pick<StoredAction, 'action' | 'payload'>,
  decisions: readonly DecisionRow[],
): readonly PartApproval[] {
  const { members } = snapshot
  const { revision, hash } = stored.payload
  const { version } = policyThatHolds(ctx, snapshot, stored)
  const all = decisions
    .filter(({ decision }) => decision === 'approve_in_part' || decision === 'edit_in_part')
    .filter((row) => row.revision === revision && row.payloadHash === hash && row.policyVersion === version)
    .flatMap((row): PartApproval[] => {
      const ofId = row.onBehalfOf ?? row.byId
      const owner = members.find(({ id }) => id === ofId)
      const by = { id: row.byId, via: row.via === 'slack' ? ('slack' as const) : ('http' as const) }
      const presser = members.find(({ id }) => id === row.byId)
      const issuers = issuersOf(members, by, row.at)
      const right =
        owner &&
        rightStill(
          owner,
          waysOf(snapshot, row).map((hands) => [...issuers, ...hands]),
          members,
        )
      if ((presser && presser.disabledAt !== null) || (owner && !right)) return []
      const hands = handsOf(members, by, row.at)
      return [{ byId: row.byId, ofId, name: row.byName, role: right?.role ?? null, hands, row }]
    })
  return distinctApprovals(all)
}

/** In whose hands its right came to whoever pressed, once for each time it was lent to them then. None: taken back since. */
const waysOf = ({ delegations }: Snapshot, { onBehalfOf, byId, at }: DecisionRow): readonly (readonly string[])[] =>
  onBehalfOf === null
    ? [[]]
    : delegations
        .filter(({ fromId, toId }) => fromId === onBehalfOf && toId === byId)
        .filter(({ startsAt, endsAt }) => startsAt <= at && at < endsAt)
        .map(({ hands }) => hands)

/** The right by the first of these ways on which it still decides. */
const rightStill = (
  owner: Snapshot['members'][number],
  ways: readonly (readonly string[])[],
  members: Snapshot['members'],
) =>
  owner.disabledAt === null
    ? ways.map((hands) => within(owner, hands, members)).find((right) => right && mayDo(right.role, 'decide'))
    : undefined

export type Gathered =
  | { readonly kind: 'enough'; readonly before: readonly PartApproval[] }
  /** Another one is needed, or this one counted already. */
  | { readonly kind: 'in_part' | 'already'; readonly needed: number; readonly approved: number }
  /** It may have been the same person as one before. */
  | { readonly kind: 'same_hands'; readonly refusal: Refusal }

/** What this approval comes to with those before it. Reads nothing where one person is enough. */
export async function gatherApprovals(
  ctx: Pick<Context, 'compiled' | 'kinds'>,
  tx: Move,
  snapshot: Snapshot,
  stored: StoredAction,
  rules: readonly PeopleRule[],
  by: {
    readonly decider: Decider
    readonly right: Right
    readonly startsOver?: boolean
    readonly waitsForPlan?: boolean
  },
): Promise<Gathered> {
  if (rules.length === 0 && !by.waitsForPlan) return { kind: 'enough', before: [] }
  const before = by.startsOver
    ? []
    : countedApprovals(ctx, snapshot, stored, await tx.listDecisions([stored.action.id]))
  const { decider, right } = by
  const hands = handsOf(snapshot.members, decider, tx.now)
  const own = { byId: decider.id, ofId: right.ofId, name: decider.name, role: right.role, hands }
  const after = distinctApprovals<OneApproval>([...before, own])
  if (stillMissing(rules, after) === 0 && !by.waitsForPlan) return { kind: 'enough', before }
  const counts = { needed: peopleNeeded(rules), approved: after.length }
  const clash = approvedBefore(before, own)
  if (!clash) return { kind: 'in_part', ...counts }
  if (!isSamePerson(clash, own)) return { kind: 'same_hands', refusal: sameHands(snapshot, clash, decider, hands) }
  // A press that shows who it was takes the place of an approval over a token that did not.
  return { kind: after.includes(own) ? 'in_part' : 'already', ...counts }
}

/** Keeps an approval that is not enough by itself: the action waits on, and its card says who approved. */
export async function approveInPart(
  ctx: Context,
  tx: Move,
  decider: Decider,
  stored: StoredAction,
  how: {
    readonly gathered: Exclude<Gathered, { kind: 'enough' }>
    readonly deciding: Deciding
    /** What waits from now on, where it is not what was shown to the gate's knowledge: an edit, or another policy. */
    readonly payload?: Omit<PayloadRow, 'revision' | 'at'>
    /** Until when it waits from now on; absent: as before. */
    readonly expiresAt?: Date | null
  },
): Promise<Decided> {
  if (how.gathered.kind === 'same_hands') return err(how.gathered.refusal)
  const { kind, needed, approved } = how.gathered
  if (kind === 'already') return ok({ kind: 'decided', stored })
  const moved = await moveAction(
    tx,
    stored,
    {
      state: 'awaiting_approval',
      snoozedUntil: null,
      ...(how.expiresAt === undefined ? {} : { expiresAt: how.expiresAt }),
    },
    {
      type: how.deciding.decision === 'edit_in_part' ? 'edited_in_part' : 'approved_in_part',
      by: decider.id,
      body: { approved, needed, ...behalfBody(decider) },
      ...(how.payload ? { payload: how.payload } : {}),
    },
  )
  // Of the payload that waits now: what is counted has to name it.
  await recordDecision(ctx, tx, moved, decider, how.deciding)
  return ok({ kind: 'decided', stored: moved })
}
