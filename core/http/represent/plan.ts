import { z } from '@hono/zod-openapi'
import type { PlanView } from '../../gate/views.ts'
import { representAction } from './action.ts'
import { ActionSchema } from './action-schema.ts'
import { MoneySchema, representMoney } from './values.ts'

const PLAN_STATES = [
  'proposed',
  'awaiting_approval',
  'running',
  'executed',
  'stopped',
  'rejected',
  'expired',
  'cancelled',
  'undone',
  'blocked',
  'observed',
  'changes_requested',
] as const satisfies readonly PlanView['state'][]

export const PlanSchema = z
  .object({
    id: z.string().openapi({ example: 'pln_01' }),
    title: z.string(),
    state: z.enum(PLAN_STATES),
    next: z.string().nullable(),
    payload_hash: z.string().nullable(),
    reason: z.string(),
    people: z.int(),
    amount: MoneySchema.nullable(),
    steps: z.array(ActionSchema),
    links: z.object({ self: z.string(), decisions: z.string(), undo: z.string() }),
  })
  .openapi('Plan')

export const planPath = (id: string): string => `/v1/plans/${id}`

const WAITING: readonly PlanView['state'][] = ['proposed', 'awaiting_approval']

export function representPlan(view: PlanView, publicUrl: string): z.infer<typeof PlanSchema> {
  const self = `${publicUrl}${planPath(view.id)}`
  return {
    id: view.id,
    title: view.title,
    state: view.state,
    next: WAITING.includes(view.state)
      ? `Waiting for a person. Do not resend; ask GET ${planPath(view.id)} or wait for the webhook.`
      : null,
    payload_hash: view.payloadHash,
    reason: view.reason,
    people: view.people,
    amount: representMoney(view.amount),
    steps: view.steps.map((step) => representAction(step, publicUrl)),
    links: { self, decisions: `${self}/decisions`, undo: `${self}/undo` },
  }
}
