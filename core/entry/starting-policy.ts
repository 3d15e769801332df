import { INSTALLED_PLATFORMS } from '../rules/packs/pack.ts'
import { type PolicyDocument, PolicySchema } from '../rules/policy.ts'

/**
 * Where a new workspace starts; amounts in minor units. Owners and admins change it over the API. All walls stand, so
 * that what earns more can be given it before anybody writes a policy.
 */
export const STARTING_POLICY: PolicyDocument = PolicySchema.parse({
  kinds: INSTALLED_PLATFORMS,
  amount: { ask_above: 5_000, cap: 50_000 },
  budget: { day: { ask_above: 20_000, cap: 40_000 } },
  blocked_words: ['guaranteed results', 'pain-free', 'best dentist'],
  topics: [
    { name: 'politics', words: ['election', 'political party', 'politician', 'referendum'] },
    { name: 'religion', words: ['religion', 'religious', 'prayer', 'church'] },
    { name: 'health advice', words: ['diagnosis', 'medical advice', 'prescription'] },
  ],
  quiet_hours: { from: '21:00', to: '08:00', outcome: 'ask' },
})
