import { agencyDefault } from './packs/agency-default.ts'
import { cautiousStart } from './packs/cautious-start.ts'
import { eCommerce } from './packs/e-commerce.ts'
import { localServiceBusiness } from './packs/local-service-business.ts'
import type { Pack } from './packs/pack.ts'
import { regulatedHealth } from './packs/regulated-health.ts'
import { type PolicyDocument, PolicySchema } from './policy.ts'

/** The ready policies, for `extends` in a policy file. */
export const PACKS: readonly Pack[] = [cautiousStart, localServiceBusiness, regulatedHealth, eCommerce, agencyDefault]

/** A ready policy by its name; null: there is none. */
export function findPack(name: string): PolicyDocument | null {
  const pack = PACKS.find((one) => one.name === name)
  return pack ? PolicySchema.parse(pack.policy) : null
}
