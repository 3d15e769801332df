import { z } from 'zod'

const text = (longest: number) => z.string().min(1).max(longest)
const instant = z.iso.datetime({ offset: true })
const webAddress = z.url({ protocol: /^https?$/ }).max(2000)

/** The body of `POST /v1/actions`, field by field as the gate checks it. */
export const ProposalBody = z.strictObject({
  kind: text(100),
  input: z.record(z.string(), z.json()),
  connection: text(200).optional(),
  reason: text(2000),
  requested_by: z
    .strictObject({
      member: text(200),
      words: text(2000).optional(),
      thread: z.strictObject({ channel: text(100), ts: text(100) }).optional(),
    })
    .optional(),
  evidence: z
    .array(z.strictObject({ label: text(200), url: webAddress }))
    .max(20)
    .optional(),
  agent_cost: z.strictObject({ minor: z.int().min(0), currency: z.string().regex(/^[A-Z]{3}$/) }).optional(),
  confidence: z.number().min(0).max(1).optional(),
  labels: z
    .strictObject({
      category: text(100).optional(),
      channel: text(100).optional(),
      segment: text(100).optional(),
      region: text(100).optional(),
      scenario: text(100).optional(),
    })
    .optional(),
  fingerprint: z
    .strictObject({ model: text(200).optional(), prompt: text(200).optional(), template: text(200).optional() })
    .optional(),
  not_before: instant.optional(),
  expires_at: instant.optional(),
  supersedes: text(100).optional(),
  callback_url: webAddress.optional(),
  dry_run: z.boolean().optional(),
})
export type ProposalBody = z.infer<typeof ProposalBody>
