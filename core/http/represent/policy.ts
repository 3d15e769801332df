import { z } from '@hono/zod-openapi'
import type { PolicyChecked } from '../../gate/check-policy.ts'
import type { PolicyInForce, PolicySet, PolicyVersionView, TrialView } from '../../gate/policy-in-force.ts'
import { Instant } from './values.ts'

const Document = z.record(z.string(), z.unknown())

export const PolicyTrialSchema = z
  .object({
    id: z.string(),
    version: z.int(),
    when: Document.openapi({ description: 'Where it holds, as a scope of a policy names it' }),
    by: z.string(),
    at: Instant,
  })
  .openapi('PolicyTrial')

export const PolicySchema = z
  .object({
    version: z.int(),
    hash: z.string(),
    document: Document.openapi({ description: 'The guardrails in force' }),
    trials: z.array(PolicyTrialSchema).openapi({ description: 'Versions that hold for one scope before the rest' }),
  })
  .openapi('Policy')

export const PolicyVersionSchema = z
  .object({
    version: z.int(),
    hash: z.string(),
    document: Document,
    source: z.string().nullable().openapi({ description: 'The file as it was written' }),
    by: z.string(),
    note: z.string().nullable(),
    at: Instant,
    in_force: z.boolean(),
    waits: z.boolean().openapi({ description: 'It waits for a second person' }),
    confirmed_by: z.array(z.string()),
  })
  .openapi('PolicyVersion')

const Warnings = z
  .array(z.string())
  .openapi({ description: 'What is no error, and will not do what its author expects in this installation' })

export const PolicySetSchema = PolicyVersionSchema.extend({ warnings: Warnings }).openapi('PolicySet')

export const PolicyCheckSchema = z
  .object({
    hash: z.string(),
    document: Document.openapi({ description: 'The whole policy, what it extends included' }),
    differences: z.array(z.object({ path: z.string(), was: z.string().nullable(), is: z.string().nullable() })),
    warnings: Warnings,
    needs_owner: z.array(z.string()).openapi({ description: 'What only an owner may loosen' }),
    tests: z.array(z.object({ name: z.string(), passed: z.boolean(), says: z.string() })),
  })
  .openapi('PolicyCheck')

export const representTrial = ({ id, version, when, byName, at }: TrialView): z.infer<typeof PolicyTrialSchema> => ({
  id,
  version,
  when: { ...when },
  by: byName,
  at: at.toISOString(),
})

/** The document is the workspace's own text: it goes out as it was written. */
export const representPolicy = (view: PolicyInForce): z.infer<typeof PolicySchema> => ({
  version: view.version,
  hash: view.hash,
  document: { ...view.document },
  trials: view.trials.map(representTrial),
})

export const representVersion = (view: PolicyVersionView): z.infer<typeof PolicyVersionSchema> => ({
  version: view.version,
  hash: view.hash,
  document: { ...view.document },
  source: view.source,
  by: view.by,
  note: view.note,
  at: view.at.toISOString(),
  in_force: view.isInForce,
  waits: view.waits,
  confirmed_by: [...view.confirmedBy],
})

export const representSet = (view: PolicySet): z.infer<typeof PolicySetSchema> => ({
  ...representVersion(view),
  warnings: [...view.warnings],
})

export const representCheck = (view: PolicyChecked): z.infer<typeof PolicyCheckSchema> => ({
  hash: view.hash,
  document: { ...view.document },
  differences: view.differences.map(({ path, was, is }) => ({ path, was, is })),
  warnings: [...view.warnings],
  needs_owner: [...view.needsOwner],
  tests: view.tests.map(({ name, passed, says }) => ({ name, passed, says })),
})
