import type { Category } from '../domain/category.ts'
import type { RecipientLimits } from '../domain/recipients/reach.ts'
import type { Reason, Verdict } from '../domain/verdict.ts'
import { verdictOf } from '../domain/verdict.ts'
import { ALWAYS } from './always.ts'
import { type Charge, chargesOf, type HoldingBudget, onePerWindow, runsOf, scopeWords } from './budget-charges.ts'
import { alwaysAPersonOf } from './guardrails/always-a-person.ts'
import { budgetReason, changeReason, type Counters, NOTHING_USED } from './guardrails/budget.ts'
import {
  type Guardrail,
  type Look,
  type Observed,
  type Place,
  reason,
  type Section,
  type Subject,
} from './guardrails/guardrail.ts'
import type { PolicyDocument, Scope } from './policy.ts'
import { recipientLimits } from './recipient-limits.ts'
import { bySpecificity, holdsAt, markOf, type Standpoint } from './scope.ts'
import { SECTIONS, type SectionName } from './sections.ts'

/**
 * What its agent says of where something stands: it may add rules, and never takes one away. `category`: the kind's own,
 * where a label put it into another.
 */
export type Labels = {
  readonly category?: Category | undefined
  readonly segment?: string | undefined
  readonly region?: string | undefined
}

export type CompiledPolicy = {
  readonly document: PolicyDocument
  /** Every value that its rules have there, with where it stands, the most specific first. */
  holding(at: Standpoint): readonly HoldingRule[]
  /** Whom it may message there. */
  recipients(at: Standpoint): RecipientLimits
  /** What its rules need to know about this besides itself. */
  looks(subject: Subject, labels: Labels): readonly Look[]
  /** Every budget that it is charged to at that time, sorted by window. */
  charges(subject: Subject, labels: Labels, at: Date, zone: string): readonly Charge[]
  /**
   * All rules at once. `charges` with the counters of their locked rows; none: nothing is spent, or there is room. What
   * only its labels bring in counts besides what the gate derived; neither takes the other away.
   */
  evaluate(subject: Subject, labels: Labels, place: Place, known: Known): Verdict
}

/** One value of a rule where something stands. */
export type HoldingRule = {
  readonly rule: string
  /** The name of its scope, or "everywhere". */
  readonly from: string
  readonly value: unknown
  /** False: a narrower scope put it aside. */
  readonly holds: boolean
  readonly warnsOnly: boolean
}

export type Known = {
  readonly observed: Observed
  readonly charges: readonly Charge[]
  /** By window; null: the budgets are not looked at. */
  readonly counters: ReadonlyMap<string, Counters> | null
}

export const NOTHING_KNOWN: Known = { observed: { rejected: null }, charges: [], counters: null }

// safe: the keys of the record
const RULES = [...(Object.keys(SECTIONS) as SectionName[]), 'budget', 'recipients'] as const
/** Denials: what any scope says holds, however narrow another one is. */
const HOLD_EVERYWHERE: readonly string[] = [
  'budget',
  ...Object.entries(SECTIONS)
    .filter(([, section]) => 'denies' in section && section.denies === true)
    .map(([name]) => name),
]

const MOST_STANDPOINTS = 5_000

/** Compiles a policy version: its rules for each place where something may stand, once. */
export function compilePolicy(document: PolicyDocument): CompiledPolicy {
  const scopes = [...(document.scopes ?? [])].reverse().toSorted((a, b) => bySpecificity(a.when, b.when))
  const kept = new Map<string, Rules>()
  const rulesAt = (at: Standpoint): Rules => {
    const key = JSON.stringify([at.kindId, at.category, at.channel, at.segment, at.regions, at.agentId])
    const known = kept.get(key)
    if (known) return known
    const rules = rulesOf(
      document,
      scopes.filter(({ when }) => holdsAt(when, at)),
    )
    if (kept.size >= MOST_STANDPOINTS) kept.clear()
    kept.set(key, rules)
    return rules
  }
  /** Where it stands, and where it would stand without its label, and by what else it says of itself. */
  const standing = (subject: Subject, labels: Labels): readonly Standing[] => {
    const category = labels.category ?? subject.category
    const places = category === subject.category ? [subject] : [subject, { ...subject, category }]
    const { segment, region } = labels
    const labelled =
      scopes.length === 0 || (segment === undefined && region === undefined)
        ? []
        : places.map((place) => ({
            ...place,
            segment: segment ?? place.segment,
            regions: region === undefined ? place.regions : [region],
          }))
    const all = [...places, ...labelled].map((one) => ({ subject: one, rules: rulesAt(one) }))
    return all.filter(({ rules }, at) => all.findIndex((other) => other.rules === rules) === at)
  }

  return {
    document,
    holding(at) {
      const levels = [...scopes.filter(({ when }) => holdsAt(when, at)), document]
      const { warnOnly } = rulesAt(at)
      return RULES.flatMap((rule) => {
        const saying = levels.filter((level) => level[rule] !== undefined)
        return saying.map((level, index) => ({
          rule,
          from: 'when' in level ? (level.name ?? JSON.stringify(level.when)) : 'everywhere',
          value: level[rule],
          holds: index === 0 || HOLD_EVERYWHERE.includes(rule),
          warnsOnly: warnOnly.has(rule),
        }))
      })
    },
    recipients: (at) =>
      recipientLimits(
        [...scopes.filter(({ when }) => holdsAt(when, at)), document].flatMap(({ recipients }) => recipients ?? []),
      ),
    looks: (subject, labels) => standing(subject, labels).flatMap(({ rules }) => rules.looks),
    charges(subject, labels, at, zone) {
      const charges = standing(subject, labels).flatMap(({ rules: { budgets, looks }, subject: there }) => [
        ...chargesOf(budgets, there, at, zone),
        ...runsOf(looks, there, at, zone),
      ])
      return onePerWindow(charges)
    },
    evaluate(subject, labels, place, { observed, charges, counters }) {
      const places = standing(subject, labels)
      const said: Reason[] = []
      for (const { rules, subject: there } of places)
        said.push(...reasonsOf(rules, there, place, observed).filter((one) => !isAmong(said, one)))
      const budget = counters
        ? charges.flatMap((charge) => budgetReason(charge, counters.get(charge.window) ?? NOTHING_USED, place) ?? [])
        : []
      // No label makes a budget only warn.
      const [own, ...others] = places.map(({ rules }) => rules.warnOnly)
      const warnOnly = new Set([...(own ?? [])].filter((rule) => others.every((other) => other.has(rule))))
      return verdictOf([...said, ...budget.map((one) => asTold(one, warnOnly))])
    },
  }
}

type Standing = { readonly subject: Subject; readonly rules: Rules }

type Rules = {
  readonly guardrails: readonly Guardrail[]
  readonly looks: readonly Look[]
  readonly budgets: readonly HoldingBudget[]
  readonly warnOnly: ReadonlySet<string>
}

function rulesOf(document: PolicyDocument, scopes: readonly Scope[]): Rules {
  const levels = [...scopes, document]
  const guardrails: Guardrail[] = []
  const looks: Look[] = []
  for (const name of Object.keys(SECTIONS) as SectionName[]) {
    if (name === 'always_a_person') {
      // On in every workspace: what a policy says there only relaxes it or adds to it.
      guardrails.push(alwaysAPersonOf(levels.flatMap((level) => level[name] ?? [])))
      continue
    }
    const [first, ...rest] = levels.map((level) => level[name]).filter((value) => value !== undefined)
    if (first === undefined) continue
    // safe: the values come from the section's own schema
    const section = SECTIONS[name] as unknown as Section<unknown>
    const guardrail = section.guardrail([first, ...rest])
    if (guardrail) guardrails.push(guardrail)
    looks.push(...(section.looks?.([first, ...rest]) ?? []))
  }
  const budgets = levels.flatMap((level): readonly HoldingBudget[] => {
    if (!level.budget) return []
    if (!('when' in level)) return [{ mark: null, words: null, budget: level.budget }]
    return [{ mark: markOf(level.when), words: scopeWords({ name: level.name, ...level.when }), budget: level.budget }]
  })
  if (budgets.some(({ budget }) => budget.change_percent !== undefined)) {
    const all = budgets.map(({ budget }) => budget)
    guardrails.push((subject) => changeReason(all, subject))
  }
  // A more specific scope decides for itself which of its rules only warn.
  const warnOnly = new Set(levels.find((level) => level.warn_only !== undefined)?.warn_only ?? [])
  return { guardrails, looks, budgets, warnOnly }
}

function reasonsOf(
  { guardrails, warnOnly }: Rules,
  subject: Subject,
  place: Place,
  observed: Observed,
): readonly Reason[] {
  const reasons: Reason[] = Object.values(ALWAYS).flatMap((guardrail) => guardrail(subject, place, observed) ?? [])
  for (const guardrail of guardrails) {
    const said = guardrail(subject, place, observed)
    if (said === null) continue
    for (const one of isList(said) ? said : [said]) reasons.push(asTold(one, warnOnly))
  }
  return reasons
}

/** A rule that only warns says what it would have done, and lets it pass. */
function asTold(said: Reason, warnOnly: ReadonlySet<string>): Reason {
  if (warnOnly.size === 0 || said.outcome === 'pass' || said.outcome === 'warn') return said
  const [section = said.rule] = said.rule.split('.')
  if (!warnOnly.has(said.rule) && !warnOnly.has(section)) return said
  return { ...reason(said.rule, 'warn', said.text), would: said.outcome }
}

const isList = (said: Reason | readonly Reason[]): said is readonly Reason[] => Array.isArray(said)

const isAmong = (reasons: readonly Reason[], one: Reason): boolean =>
  reasons.some(({ rule, text }) => rule === one.rule && text === one.text)

/** What one action of this kind costs, in minor units: the policy's price per person reached. */
export const costOf = (document: PolicyDocument, kindId: string, people: number): number =>
  (document.cost_per_person?.[kindId] ?? 0) * people
