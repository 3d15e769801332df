import type { PolicyDocument } from '../rules/policy.ts'

/** Where a new workspace starts; amounts in minor units. Owners and admins change it over the API. */
export const STARTING_POLICY: PolicyDocument = {
  amount: { ask_above: 5_000, cap: 50_000 },
  budget: { day: { ask_above: 20_000, cap: 40_000 } },
  blocked_words: ['guaranteed results', 'pain-free', 'best dentist'],
  quiet_hours: { from: '21:00', to: '08:00', outcome: 'ask' },
}
