import type { Level } from '../ceiling.ts'
import { type ComparisonVerdict, hasHeld } from './compare-with-baseline.ts'
import { levelWords } from './level-words.ts'

/** How one scope of the audit stands, in the order of work. */
export type ScopeStanding = {
  readonly scope: string
  /** Granted; 2 where nobody granted one. */
  readonly level: Level
  readonly aimAt: Level
  readonly cycles: number
  /** Of its week four; null: it does not act by itself, or less than four weeks. */
  readonly verdict: ComparisonVerdict | null
  /** Nothing of its category may be proposed for more yet. */
  readonly isUnderReview: boolean
  /** Something of its category acts by itself and held. */
  readonly isBeside: boolean
  /** The order of work has it act by itself by now. */
  readonly isDue: boolean
}

export type Expansion = {
  readonly what: 'take_back' | 'raise' | 'grant'
  readonly scope: string
  readonly to: Level
  readonly says: string
}

/**
 * What to change next: first what got worse goes back to approvals; what held goes one level up; then what is due acts
 * by itself. Standings are in the order of work, which keeps to three at once.
 */
export function nextToExpand(scopes: readonly ScopeStanding[]): readonly Expansion[] {
  const alone = scopes.filter(({ level }) => level >= 3)
  return [
    ...alone.filter(({ verdict }) => verdict === 'worse').map(takeBack),
    ...alone
      .filter(({ verdict, level, aimAt, isUnderReview }) => hasHeld(verdict) && level < aimAt && !isUnderReview)
      .map(raise),
    ...scopes.filter(({ isDue, level }) => isDue && level < 3).map(grant),
  ]
}

const takeBack = ({ scope }: ScopeStanding): Expansion => ({
  what: 'take_back',
  scope,
  to: 2,
  says: `${scope} got worse: back to approvals, and see whether its goals or its guardrails have to change.`,
})

function raise({ scope, level }: ScopeStanding): Expansion {
  // safe: below its aim, so there is a level above
  const to = (level + 1) as Level
  return { what: 'raise', scope, to, says: `${scope} held: ${levelWords(to)} is next, once its gates hold.` }
}

const grant = ({ scope, cycles, isBeside }: ScopeStanding): Expansion => ({
  what: 'grant',
  scope,
  to: 3,
  says: `${scope} has ${cycles} judged cycles${isBeside ? ' and lies beside what held' : ''}: ${levelWords(3)} is next, once its gates hold.`,
})
