import { type ApproverLimits, limitPassed } from '../domain/approver-limits.ts'
import { CATEGORIES, CHANNELS } from '../domain/category.ts'
import { type Actor, mayDo } from '../domain/people.ts'
import { type Right, rightsOf } from '../domain/rights.ts'
import { categoryOfScope } from '../domain/trust/scope-score.ts'
import type { StandingKey } from '../domain/trust/standing.ts'
import { moneyWords } from '../rules/guardrails/guardrail.ts'
import type { Snapshot } from '../ports/rows.ts'
import { whyNot } from './decider-right.ts'
import type { Context } from './dependencies.ts'
import type { Refusal } from './refusal.ts'
import { throughToken } from './through-token.ts'

/**
 * Why a member may not let something run by itself there; null: they may. It takes the own right to decide all of it:
 * its category, its kind's own and its channel, without an amount, as no level ends at one. An owner may everywhere.
 */
export function refuseConsent(
  { kinds }: Pick<Context, 'kinds'>,
  snapshot: Snapshot,
  actor: Extract<Actor, { kind: 'member' }>,
  { scope, scenario }: Pick<StandingKey, 'scope' | 'scenario'>,
  now: Date,
): Refusal | null {
  const category = CATEGORIES.find((one) => one === categoryOfScope(scope))
  if (!category) return refused('Nobody knows this category here. An owner can say what it is.')
  const named = kinds.get(scenario.split('/')[0] ?? '')
  const there = named ? [named] : kinds.all.filter((kind) => kind.category === category)
  // Where no kind tells the channel, it may be any.
  const channels = there.length === 0 ? CHANNELS : there.map(({ channel }) => channel)
  const all = channels.map((channel) => ({
    category,
    ownCategory: named?.category ?? category,
    channel,
    amountMinor: Infinity,
  }))
  const beyond = (limits: ApproverLimits | null) => all.find((it) => limitPassed(limits, it) !== null)
  const fits = ({ role, limits, onBehalfOf }: Right): boolean =>
    onBehalfOf === null && (role === 'owner' || (mayDo(role, 'grant') && beyond(limits) === undefined))
  const [own] = rightsOf(actor, snapshot.members, [], now)
  if (own && fits(own)) return null
  const token = throughToken(snapshot, actor, fits, now)
  if (token) return token
  const it = own && beyond(own.limits)
  if (!own || !it || !mayDo(own.role, 'grant'))
    return refused('Only admins and owners can let something run by itself.')
  if (limitPassed(own.limits, it) !== 'amount')
    return refused(`${whyNot(snapshot, own.limits, { ...it, amountMinor: 0 })} ${OWNER_CAN}`)
  const { currency, locale } = snapshot.workspace
  const most = moneyWords({ minor: own.limits?.amountMinor ?? 0, currency }, locale)
  return refused(`You may approve up to ${most}, and a level knows no such limit. ${OWNER_CAN}`)
}

const OWNER_CAN = 'An owner can let it run by itself.'

const refused = (why: string): Refusal => ({ kind: 'not_permitted', why })
