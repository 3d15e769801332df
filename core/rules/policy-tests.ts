import { DateTime } from 'luxon'
import type { Category, Channel } from '../domain/category.ts'
import type { Outcome, Verdict } from '../domain/verdict.ts'
import { DAYS_OF_ONE_ACTION, settleCharges } from '../domain/daily-budget.ts'
import { runsKey } from './budget-charges.ts'
import { type CompiledPolicy, costOf } from './evaluate.ts'
import { NOTHING_USED } from './guardrails/budget.ts'
import type { Look, Observed, Place, Subject } from './guardrails/guardrail.ts'
import { PolicyTestCase } from './policy-test-case.ts'

export type CaseResult = { readonly name: string; readonly passed: boolean; readonly says: string }

/** What a case has to know of a kind of action. */
export type KindOfCase = {
  readonly id: string
  readonly title: string
  readonly platform: string
  readonly category: Category
  readonly channel: Channel
  readonly reachesPeople: boolean
  readonly effect: { readonly preparing?: boolean }
}

/**
 * Runs the cases that stand beside a policy, each against its rules alone: levels and what other actions do to budgets
 * do not come in. A case that cannot be read fails, and says why.
 */
export const runPolicyTests = (
  policy: CompiledPolicy,
  cases: readonly unknown[],
  kinds: readonly KindOfCase[],
  place: Place,
): readonly CaseResult[] => cases.map((written, index) => runCase(policy, written, index, kinds, place))

function runCase(
  policy: CompiledPolicy,
  written: unknown,
  index: number,
  kinds: readonly KindOfCase[],
  place: Place,
): CaseResult {
  const read = PolicyTestCase.safeParse(written)
  if (!read.success) {
    const [issue] = read.error.issues
    const where = issue?.path.join('.')
    return failed(
      nameOf(written) ?? `Case ${index + 1}`,
      `It cannot be read: ${where ? `${where} ` : ''}${issue?.message}.`,
    )
  }
  const { name, action, expect, because } = read.data
  const kind = kinds.find(({ id }) => id === action.kind)
  if (!kind) return failed(name, `There is no kind of action “${action.kind}”.`)
  const verdict = verdictOn(policy, action, kind, place)
  if (verdict.outcome !== expect)
    return failed(name, `It ${DOES[verdict.outcome]}, and should ${SHOULD[expect]}. ${whyWords(verdict)}`)
  const rules = verdict.reasons.filter(({ outcome }) => outcome === verdict.outcome).map(({ rule }) => rule)
  if (because !== undefined && !rules.some((rule) => rule === because || rule.startsWith(`${because}.`))) {
    const by = rules.length === 0 ? 'no rule' : [...new Set(rules)].join(', ')
    return failed(name, `It ${DOES[verdict.outcome]} because of ${by}, not ${because}. ${whyWords(verdict)}`)
  }
  return { name, passed: true, says: `It ${DOES[verdict.outcome]}. ${whyWords(verdict)}`.trim() }
}

function verdictOn(policy: CompiledPolicy, action: PolicyTestCase['action'], kind: KindOfCase, place: Place): Verdict {
  const at = DateTime.fromISO(action.at, { zone: place.zone }).toJSDate()
  const daily = action.daily_budget?.after ?? 0
  const subject: Subject = {
    kindId: kind.id,
    kindTitle: kind.title,
    platform: kind.platform,
    category: action.category ?? kind.category,
    channel: action.channel ?? kind.channel,
    preparing: kind.effect.preparing === true,
    reachesPeople: kind.reachesPeople,
    agentId: action.agent,
    campaign: action.campaign ?? null,
    segment: action.segment ?? null,
    regions: action.regions ?? null,
    zones: action.zones ?? null,
    amountMinor: (action.amount ?? costOf(policy.document, kind.id, action.people)) + daily * DAYS_OF_ONE_ACTION,
    perDayMinor: action.daily_budget?.after ?? null,
    change: action.change ?? null,
    people: action.people,
    listSize: action.list_size ?? null,
    texts: action.texts,
    question: action.question ?? null,
    confidence: action.confidence ?? null,
    plannedAt: at,
  }
  const before = action.daily_budget?.before ?? 0
  const charges = settleCharges(policy.charges(subject, {}, at, place.zone), () => before)
  const counters = new Map(charges.map(({ window }) => [window, { ...NOTHING_USED, committed: action.used }]))
  const observed = observedBy(policy.looks(subject, {}), action, at)
  return policy.evaluate(subject, {}, place, { observed, charges, counters })
}

const MS_PER_DAY = 86_400_000

function observedBy(looks: readonly Look[], action: PolicyTestCase['action'], at: Date): Observed {
  const yesterday = new Date(at.getTime() - MS_PER_DAY)
  return {
    rejected: action.rejected_before ? { by: 'Somebody', at: yesterday, why: null } : null,
    sameText: action.sent_before ? { at: yesterday } : null,
    audience: { known: !action.new_audience, channelKnown: !action.new_channel },
    missed: action.missed ? [action.missed] : [],
    runs: Object.fromEntries(looks.flatMap((look) => (look.look === 'runs' ? [[runsKey(look), action.ran]] : []))),
  }
}

const DOES: Readonly<Record<Outcome, string>> = { pass: 'passes', warn: 'warns', ask: 'asks', block: 'is blocked' }
const SHOULD: Readonly<Record<Outcome, string>> = { pass: 'pass', warn: 'warn', ask: 'ask', block: 'be blocked' }

const whyWords = ({ reasons: [strictest] }: Verdict): string => strictest?.text ?? 'No rule had anything to say.'

const failed = (name: string, says: string): CaseResult => ({ name, passed: false, says })

function nameOf(written: unknown): string | null {
  const name = typeof written === 'object' && written !== null && 'name' in written ? written.name : null
  return typeof name === 'string' ? name : null
}
