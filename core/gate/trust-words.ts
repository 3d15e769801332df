import { categoryWords } from '../domain/category.ts'
import type { Tier } from '../domain/level.ts'
import type { DecisionEvent } from '../domain/trust/decision-event.ts'
import { severityOf } from '../domain/trust/rejection-severity.ts'
import { knownCategory } from '../domain/trust/scope-score.ts'
import type { Signal } from '../domain/trust/score.ts'

const TIERS: Readonly<Record<Tier, string>> = {
  review: 'everything is asked about',
  notify: 'good enough to act and tell',
  autonomous: 'good enough to act alone',
}

/** What a signal says, in a marketer's words. */
export const SIGNAL_WORDS: Readonly<Record<Signal, string>> = {
  approval: 'How surely what it proposes is approved',
  edit: 'How little people change before they approve',
  severity: 'How harmless its mistakes are',
  time: 'How clearly approvals were read and decided',
  attribution: 'What it does for results',
}

export const PENDING_WORDS = 'What it does for results (not measured yet, so half counts)'

/** `CRM updates, small`. */
export function scopeWords(scope: string): string {
  const category = knownCategory(scope)
  const band = scope.split('.')[1] ?? ''
  if (category === null) return scope
  const words = categoryWords(category)
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}, ${band}`
}

/** `hubspot.contact.update`, with the workspace's own name of the situation where it has one. */
export function scenarioWords(scenario: string): string {
  const [kind = scenario, name] = scenario.split('/')
  return name === undefined ? kind : `${kind}, “${name.replaceAll('_', ' ')}”`
}

/** What a level means for the people, as the end of "it may …". */
export const LEVEL_WORDS: Readonly<Record<1 | 2 | 3 | 4 | 5, string>> = {
  1: 'only be recorded',
  2: 'ask you every time',
  3: 'act and tell you, with a day to undo',
  4: 'act and report once a week; exceptions at once',
  5: 'handle the whole of it, and report once a month',
}

export const trustWords = (scope: string, score: number, tier: Tier, stale: boolean, locked: boolean): string =>
  `${scopeWords(scope)}: ${score} of 100${
    locked ? ', under full review' : stale ? ', nothing was decided in 90 days' : `, ${TIERS[tier]}`
  }.`

export function moreApprovalsWords(target: number, approvals: number | null): string {
  if (approvals === null) return `Approvals alone do not reach ${target}.`
  if (approvals === 0) return `${target} is reached.`
  return `${approvals} more clean ${approvals === 1 ? 'approval reaches' : 'approvals reach'} ${target}.`
}

const WORST: Partial<Readonly<Record<DecisionEvent['kind'], string>>> = {
  undone: 'taken back',
  reversed: 'taken back',
  reversed_by_agent: 'taken back by the agent itself',
  policy_failed: 'failed a check afterwards',
}

const BECAME: Partial<Readonly<Record<DecisionEvent['kind'], string>>> = {
  seen: 'ran alone, and looked good',
  unseen: 'ran alone, nobody looked',
  audit_confirmed: 'drawn by lot, and looked good',
  revised: 'changes were asked for',
}

/** What became of a counted decision, in a few words. */
export function becameWords(event: DecisionEvent): string {
  if (event.kind !== 'approved') return BECAME[event.kind] ?? worstWords(event)
  if (event.tooFast) return 'approved faster than it can be read'
  return event.edit.distance === 0 ? 'approved as it was' : `approved, ${worstWords(event)}`
}

/** What was wrong with one of the worst, in a few words. */
export function worstWords(event: DecisionEvent): string {
  if (event.kind === 'rejected') return `rejected (${severityOf(event.severity)})`
  const edit = 'edit' in event ? event.edit : null
  return WORST[event.kind] ?? (edit ? `${Math.round(edit.distance * 100)} % of it was changed` : 'changed')
}
