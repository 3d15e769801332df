import { z } from '@hono/zod-openapi'
import { CAUSES, DECISIONS } from '../../domain/decision.ts'
import type { DecisionRequest } from '../../gate/requests.ts'
import { given, Severity, text } from '../request-values.ts'
import { KindInput } from './proposal-body.ts'

export const PayloadHash = z
  .string()
  .regex(/^[\w:+/=-]{16,200}$/, 'must be the payload_hash that was shown, its first 16 characters or more')
  .openapi({ example: '9f86d081884c7d65' })

export const DECISION_FIELDS = {
  decision: z.enum(DECISIONS),
  payload_hash: PayloadHash,
  input: KindInput.optional().openapi({ description: 'For `edit`: the whole new input' }),
  severity: Severity.optional(),
  reason: text(2000).optional(),
  cause: z.enum(CAUSES).optional().openapi({ description: 'For `reject`: what was wrong' }),
  outside: z.boolean().optional().openapi({ description: 'For an outside reason; does not count against the agent' }),
}

const DecisionFields = z.strictObject(DECISION_FIELDS)

export const DecisionBody = DecisionFields.openapi('DecisionRequest')

export function toDecision(body: z.infer<typeof DecisionFields>): Omit<DecisionRequest, 'actionId'> {
  return given({
    decision: body.decision,
    payloadHash: body.payload_hash,
    input: body.input,
    severity: body.severity,
    reason: body.reason,
    cause: body.cause,
    outside: body.outside,
  })
}
