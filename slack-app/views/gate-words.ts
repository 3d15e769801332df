import type { GateName } from '../../core/domain/trust/gate.ts'

const SHORT: Readonly<Record<GateName, string>> = {
  score: 'the score',
  cycles: 'enough judged work',
  correct: 'enough correct decisions',
  test: 'the strength of the evidence',
  overrides: 'few overrides',
  policy: 'no policy failures',
  escalation_rate: 'asking seldom enough',
  edge_cases: 'edge cases',
  service_level: 'being on time',
  benchmarks: 'goals',
  walls: 'guardrails in place',
  kpi: 'results against a control group',
  audit_log: 'a complete record',
  theatre: 'unhurried approvals',
  override_trend: 'overrides not rising',
  error_recovery: 'learning from mistakes',
  freshness: 'recent evidence',
  agent_change: 'an unchanged agent',
  full_review: 'no full review',
  ceiling: 'the ceiling',
  consent: 'your consent',
}

const isKnown = (name: string): name is GateName => Object.hasOwn(SHORT, name)

/** A condition of more autonomy in a few words. */
export const gateWords = (name: string): string => (isKnown(name) ? SHORT[name] : name.replaceAll('_', ' '))
