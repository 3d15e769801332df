import { agencyDefault } from './packs/agency-default.ts'
import { cautiousStart } from './packs/cautious-start.ts'
import { eCommerce } from './packs/e-commerce.ts'
import { localServiceBusiness } from './packs/local-service-business.ts'
import type { Pack } from './packs/pack.ts'
import { regulatedHealth } from './packs/regulated-health.ts'
import { err, ok, type Result } from '../domain/result.ts'
import { type PolicyDocument, PolicySchema } from './policy.ts'

/** The ready policies, for `extends` in a policy file. */
export const PACKS: readonly Pack[] = [cautiousStart, localServiceBusiness, regulatedHealth, eCommerce, agencyDefault]

/** A ready policy by its name; the error names those that there are. */
export function findPack(name: string): Result<PolicyDocument, readonly string[]> {
  const pack = PACKS.find((one) => one.name === name)
  return pack ? ok(PolicySchema.parse(pack.policy)) : err(PACKS.map((one) => one.name))
}
