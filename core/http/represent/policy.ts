import { z } from '@hono/zod-openapi'

export const PolicySchema = z
  .object({
    version: z.int(),
    hash: z.string(),
    document: z.record(z.string(), z.unknown()).openapi({ description: 'The guardrails in force' }),
  })
  .openapi('Policy')

type PolicyView = { readonly version: number; readonly hash: string; readonly document: object }

/** The document is the workspace's own text: it goes out as it was written. */
export function representPolicy(view: PolicyView): z.infer<typeof PolicySchema> {
  return { version: view.version, hash: view.hash, document: { ...view.document } }
}
