import { type ApproverLimits, limitPassed, withoutAmount } from '../domain/approver-limits.ts'
import { type Category, categoryWords, channelWords } from '../domain/category.ts'
import { type Deed, mayDo } from '../domain/people.ts'
import { err, ok, type Result } from '../domain/result.ts'
import { type Right, rightsOf } from '../domain/rights.ts'
import { moneyWords } from '../rules/guardrails/guardrail.ts'
import type { ActionRow, Snapshot } from '../ports/rows.ts'
import type { Decider } from './check-decision.ts'
import type { Context } from './dependencies.ts'
import type { Refusal } from './refusal.ts'
import { throughToken } from './through-token.ts'

type Who = Pick<Decider, 'id' | 'role' | 'via'>

/** The rights by which a member may do this now: their own, and those of members who are away. Empty: by none. */
export const rightsTo = (snapshot: Snapshot, who: Who, deed: Deed, now: Date): readonly Right[] =>
  rightsOf(who, snapshot.members, snapshot.delegations, now).filter(({ role }) => mayDo(role, deed))

type Limited = Pick<ActionRow, 'category' | 'channel' | 'proposerId'> & {
  readonly ownCategory?: Category
  readonly amountMinor: number
}

/** The category of its kind, where a label put an action into another. */
export const ownCategory = (
  { kinds }: Pick<Context, 'kinds'>,
  { kind, category }: Pick<ActionRow, 'kind' | 'category'>,
): { readonly ownCategory?: Category } => {
  const own = kinds.get(kind)?.category
  return own === undefined || own === category ? {} : { ownCategory: own }
}

/**
 * The right by which this member may approve it, their own before others'; refused in words that say who could. Nobody
 * approves by the right of whoever proposed it.
 */
export function rightToApprove(snapshot: Snapshot, who: Who, it: Limited, now: Date): Result<Right, Refusal> {
  const isTheirs = ({ ofId, onBehalfOf }: Pick<Right, 'ofId' | 'onBehalfOf'>) =>
    onBehalfOf === null || ofId !== it.proposerId
  const fits = (right: Right) =>
    isTheirs(right) && mayDo(right.role, 'decide') && limitPassed(right.limits, it) === null
  const rights = rightsTo(snapshot, who, 'decide', now).filter(isTheirs)
  const fitting = rights.find(fits)
  if (fitting) return ok(fitting)
  const token = throughToken(snapshot, who, fits, now)
  if (token) return err(token)
  const [first] = rights
  if (!first) return err({ kind: 'not_permitted', why: NOT_A_DECIDER })
  return err({ kind: 'not_permitted', why: `${whyNot(snapshot, first.limits, it)} ${whoCould(snapshot, who.id, it)}` })
}

/** The same for taking back: categories and channels limit it, amounts do not. */
export function rightToUndo(
  snapshot: Snapshot,
  who: Who,
  action: Pick<ActionRow, 'category' | 'channel' | 'proposerId'>,
  now: Date,
): Result<Right, Refusal> {
  const it = { ...action, amountMinor: 0 }
  const fits = ({ role, limits }: Right) => mayDo(role, 'undo') && limitPassed(withoutAmount(limits), it) === null
  const rights = rightsTo(snapshot, who, 'undo', now)
  const fitting = rights.find(fits)
  if (fitting) return ok(fitting)
  const token = throughToken(snapshot, who, fits, now)
  if (token) return err(token)
  const [first] = rights
  if (!first) return err({ kind: 'not_permitted', why: 'Only approvers, admins and owners can undo.' })
  return err({ kind: 'not_permitted', why: `${whyNot(snapshot, first.limits, it)} ${whoCould(snapshot, who.id, it)}` })
}

export const NOT_A_DECIDER = 'Your role can look and stop, but not decide. An admin can change it.'

/** Which of these limits it passes, in words. */
export function whyNot(
  { workspace }: Pick<Snapshot, 'workspace'>,
  limits: ApproverLimits | null,
  it: Omit<Limited, 'proposerId'>,
): string {
  const money = (minor: number): string => moneyWords({ minor, currency: workspace.currency }, workspace.locale)
  switch (limitPassed(limits, it)) {
    case 'category':
      return `It is about ${categoryWords(it.category)}; you may decide ${some(limits?.categories?.map(categoryWords))}.`
    case 'channel':
      return `It goes out over ${channelWords(it.channel)}; you may decide ${some(limits?.channels?.map(channelWords))}.`
    case 'amount':
      return `It costs ${money(it.amountMinor)}; you may approve up to ${money(limits?.amountMinor ?? 0)}.`
    case null:
      return 'It is not yours to decide.'
  }
}

const MOST_NAMED = 2

/** So many by name, that a sentence stays one. */
export const some = (names: readonly string[] = []): string =>
  names.length === 0
    ? 'nothing yet'
    : names.length > MOST_NAMED
      ? `${names.slice(0, MOST_NAMED).join(', ')} and others`
      : names.join(' and ')

/** "Ann or Bo can." */
function whoCould({ members }: Snapshot, askedBy: string, it: Limited): string {
  const names = members
    .filter(({ id, disabledAt }) => disabledAt === null && id !== askedBy && id !== it.proposerId)
    .filter(({ role, limits }) => mayDo(role, 'decide') && limitPassed(limits, it) === null)
    .map(({ name }) => (name.length > 30 ? `${name.slice(0, 29)}…` : name))
  if (names.length === 0) return 'Nobody else can yet; an admin can widen the limits.'
  const more = names.length - MOST_NAMED
  if (more <= 0) return `${names.join(' or ')} can.`
  return `${names.slice(0, MOST_NAMED).join(', ')} or ${more === 1 ? 'one more' : `${more} others`} can.`
}
