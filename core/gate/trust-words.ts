import { categoryWords } from '../domain/category.ts'
import type { Tier } from '../domain/level.ts'
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

export const trustWords = (scope: string, score: number, tier: Tier, stale: boolean, locked: boolean): string =>
  `${scopeWords(scope)}: ${score} of 100${
    locked ? ', under full review' : stale ? ', nothing was decided in 90 days' : `, ${TIERS[tier]}`
  }.`

export function moreApprovalsWords(target: number, approvals: number | null): string {
  if (approvals === null) return `Approvals alone do not reach ${target}.`
  if (approvals === 0) return `${target} is reached.`
  return `${approvals} more clean ${approvals === 1 ? 'approval reaches' : 'approvals reach'} ${target}.`
}
