import { z } from '@hono/zod-openapi'
import { DISABLED_WHY } from '../../domain/callback-schedule.ts'
import type { CallbackSecret } from '../../gate/gate.ts'
import type { CallbackDeliveryView, CallbackEndpointView } from '../../gate/views.ts'
import { Instant, instant } from './values.ts'

export const CallbackSchema = z
  .object({
    id: z.string().openapi({ example: 'cbe_01' }),
    proposer_id: z.string().openapi({ example: 'agt_01' }),
    url: z.string().openapi({ description: 'Origin and path', example: 'https://agent.example.com/tenure' }),
    state: z.enum(['live', 'failing', 'disabled']),
    failures: z.int().openapi({ description: 'Attempts since the last success' }),
    failing_since: Instant.nullable(),
    last_success_at: Instant.nullable(),
    disabled_at: Instant.nullable(),
    disabled_why: z
      .enum(DISABLED_WHY)
      .nullable()
      .openapi({ description: 'It answered 410, it may not be called, or it failed for three days' }),
    waiting: z.int(),
    failed: z.int(),
    not_sent: z.int().openapi({ description: 'Held back because it was disabled; replay them once it is enabled' }),
  })
  .openapi('Callback', { description: 'An address that an agent named for callbacks' })

export const CallbackDeliverySchema = z
  .object({
    id: z.string().openapi({ description: 'The webhook-id', example: 'msg_01' }),
    action_id: z.string(),
    version: z.int(),
    type: z.string().openapi({ example: 'action.executed' }),
    state: z.enum(['waiting', 'delivered', 'failed', 'not_sent', 'overtaken']),
    attempts: z.int(),
    last_status: z.int().nullable(),
    last_failure: z.string().nullable(),
    next_try_at: Instant.nullable(),
    created_at: Instant,
    delivered_at: Instant.nullable(),
  })
  .openapi('CallbackDelivery')

export const CallbackSecretSchema = z
  .object({
    callback_secret: z.string().openapi({ example: 'whsec_bmV3' }),
    previous_until: Instant.nullable().openapi({ description: 'Until then the secret before it signs too' }),
  })
  .openapi('CallbackSecret')

export function representCallback(view: CallbackEndpointView): z.infer<typeof CallbackSchema> {
  return {
    id: view.id,
    proposer_id: view.proposerId,
    url: view.url,
    state: view.state,
    failures: view.failures,
    failing_since: instant(view.failingSince),
    last_success_at: instant(view.lastSuccessAt),
    disabled_at: instant(view.disabledAt),
    disabled_why: view.disabledWhy,
    waiting: view.waiting,
    failed: view.failed,
    not_sent: view.notSent,
  }
}

export function representDelivery(view: CallbackDeliveryView): z.infer<typeof CallbackDeliverySchema> {
  return {
    id: view.id,
    action_id: view.actionId,
    version: view.version,
    type: view.type,
    state: view.state,
    attempts: view.attempts,
    last_status: view.lastStatus,
    last_failure: view.lastFailure,
    next_try_at: instant(view.nextTryAt),
    created_at: view.createdAt.toISOString(),
    delivered_at: instant(view.deliveredAt),
  }
}

export const representSecret = ({ secret, previousUntil }: CallbackSecret): z.infer<typeof CallbackSecretSchema> => ({
  callback_secret: secret,
  previous_until: instant(previousUntil),
})
