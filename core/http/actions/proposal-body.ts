import { z } from '@hono/zod-openapi'
import { TOPICS } from '../../domain/decision.ts'
import type { Proposal } from '../../gate/requests.ts'
import type { Evidence, RequestedBy } from '../../gate/views.ts'
import { bodyId, CallbackAddress, FutureInstant, given, text, WebAddress } from '../request-values.ts'

export const KindInput = z.record(z.string(), z.json()).openapi({
  type: 'object',
  additionalProperties: true,
  description: 'The input of the kind; its JSON Schema is in GET /v1/kinds',
})
export const KindId = text(100).openapi({ example: 'mailchimp.campaign.send' })

export const RequestedByBody = z
  .strictObject({
    member: text(200).openapi({ description: 'A member id, e-mail or Slack user id; otherwise words for the card' }),
    words: text(2000).optional(),
    thread: z.strictObject({ channel: text(100), ts: text(100) }).optional(),
  })
  .openapi('RequestedBy')

export const EvidenceBody = z.array(z.strictObject({ label: text(200), url: WebAddress })).max(20)

const MoneyBody = z.strictObject({
  minor: z.int().min(0).openapi({ description: 'Minor units, for example cents' }),
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code'),
})

const LabelsBody = z.strictObject({
  category: text(100).optional(),
  channel: text(100).optional(),
  segment: text(100).optional(),
  region: text(100).optional(),
  scenario: text(100).optional(),
})

const FingerprintBody = z.strictObject({
  model: text(200).optional(),
  prompt: text(200).optional(),
  template: text(200).optional(),
})

const QuestionBody = z.strictObject({ about: z.enum(TOPICS), says: text(500) })

export const ProposalBody = z
  .strictObject({
    kind: KindId,
    input: KindInput,
    connection: text(200).optional().openapi({ description: 'Needed only where a platform has several' }),
    reason: text(2000).openapi({ example: 'Open rates are highest on Tuesday mornings' }),
    requested_by: RequestedByBody.optional(),
    evidence: EvidenceBody.optional(),
    agent_cost: MoneyBody.optional(),
    confidence: z.number().min(0).max(1).optional(),
    question: QuestionBody.optional().openapi({ description: 'Asks a person to decide, whatever the level' }),
    labels: LabelsBody.optional().openapi({ description: 'May only make it stricter' }),
    fingerprint: FingerprintBody.optional(),
    not_before: FutureInstant.optional(),
    expires_at: FutureInstant.optional(),
    supersedes: bodyId('act').optional(),
    callback_url: CallbackAddress.optional(),
    dry_run: z.boolean().optional(),
  })
  .openapi('Proposal')

export function toProposal(body: z.infer<typeof ProposalBody>): Proposal {
  return given({
    kind: body.kind,
    input: body.input,
    connection: body.connection,
    reason: body.reason,
    requestedBy: body.requested_by === undefined ? undefined : toRequestedBy(body.requested_by),
    evidence: toEvidence(body.evidence),
    agentCost: body.agent_cost,
    confidence: body.confidence,
    question: body.question,
    labels: body.labels === undefined ? undefined : given(body.labels),
    fingerprint: body.fingerprint === undefined ? undefined : given(body.fingerprint),
    notBefore: body.not_before,
    expiresAt: body.expires_at,
    supersedes: body.supersedes,
    callbackUrl: body.callback_url,
    dryRun: body.dry_run,
  })
}

export function toRequestedBy(body: z.infer<typeof RequestedByBody>): RequestedBy {
  return given({ member: body.member, words: body.words, thread: body.thread })
}

export function toEvidence(body: z.infer<typeof EvidenceBody> | undefined): readonly Evidence[] | undefined {
  return body?.map(({ label, url }) => ({ label, url }))
}
