import type { EarnedLevel } from './promotion-test.ts'

export const GATE_NAMES = [
  'score',
  'cycles',
  'correct',
  'test',
  'overrides',
  'policy',
  'escalation_rate',
  'edge_cases',
  'service_level',
  'benchmarks',
  'walls',
  'kpi',
  'audit_log',
  'theatre',
  'override_trend',
  'error_recovery',
  'freshness',
  'agent_change',
  'full_review',
  'ceiling',
  'consent',
] as const
export type GateName = (typeof GATE_NAMES)[number]

/** `not_applicable_yet`: its data does not exist yet; it stops nothing and is listed in the dossier. Section 5.2. */
export type GateStatus = 'held' | 'missing' | 'not_applicable_yet'

/** One condition of a step, with its numbers. */
export type Gate = {
  readonly name: GateName
  readonly status: GateStatus
  /** What there is, and what is asked for, in the gate's own unit; null: there is no number yet. */
  readonly has: number | null
  readonly needs: number
  /** One sentence in business words. */
  readonly says: string
}

export type GateLimits = {
  readonly score: number
  /** Null: cycles are asked for at the first step only. */
  readonly cycles: number | null
  readonly correct: number
  readonly judgedWithoutPolicyFailure: number
  /** Share of the last 50 sensitive actions, 0 to 1. */
  readonly escalationRate: number
  readonly edgeCases: EdgeCaseLimits | null
  /** Share of due actions, 0 to 1. */
  readonly serviceLevel: number
}

export type EdgeCaseLimits = {
  readonly cases: number
  readonly kinds: number
  /** Null: instead, nothing major or critical may have been missed. */
  readonly recall: number | null
  readonly precision: number | null
}

/** The table of section 5.2. */
const LIMITS: Readonly<Record<EarnedLevel, GateLimits>> = {
  3: {
    score: 60,
    cycles: 30,
    correct: 20,
    judgedWithoutPolicyFailure: 30,
    escalationRate: 0.1,
    edgeCases: null,
    serviceLevel: 0.95,
  },
  4: {
    score: 85,
    cycles: null,
    correct: 50,
    judgedWithoutPolicyFailure: 50,
    escalationRate: 0.05,
    edgeCases: { cases: 3, kinds: 1, recall: null, precision: null },
    serviceLevel: 0.95,
  },
  5: {
    score: 85,
    cycles: null,
    correct: 100,
    judgedWithoutPolicyFailure: 100,
    escalationRate: 0.05,
    edgeCases: { cases: 10, kinds: 3, recall: 0.9, precision: 0.5 },
    serviceLevel: 0.95,
  },
}

/** What a workspace asks for instead; each share 0 to 1. */
export type OwnLimits = { readonly escalationRate?: number; readonly serviceLevel?: number }

/** The limits of a step to this level. A workspace may tighten the two that are its own, never loosen them. */
export function gateLimits(to: EarnedLevel, own: OwnLimits = {}): GateLimits {
  const limits = LIMITS[to]
  return {
    ...limits,
    escalationRate: Math.min(limits.escalationRate, own.escalationRate ?? 1),
    serviceLevel: Math.max(limits.serviceLevel, own.serviceLevel ?? 0),
  }
}

export const gate = (name: GateName, holds: boolean, has: number | null, needs: number, says: string): Gate => ({
  name,
  status: holds ? 'held' : 'missing',
  has,
  needs,
  says,
})

export const notYet = (name: GateName, needs: number, says: string): Gate => ({
  name,
  status: 'not_applicable_yet',
  has: null,
  needs,
  says,
})

/** A share in whole per cent, rounded down. */
export const percent = (share: number): string => `${Math.floor(share * 100 + 1e-9)} %`
