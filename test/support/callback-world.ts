import { createHmac } from 'node:crypto'
import type { Actor } from '../../core/domain/people.ts'
import { value, type World } from './world.ts'

export const HOOK = 'https://agent.example.com/hook'
export const update = { kind: 'hubspot.contact.update', input: { contactId: '101', phone: '+1 555 0199' } }
export const HOUR = 3_600_000
export const status = (code: number, retryAfterMs: number | null = null) =>
  ({ ok: false, error: { kind: 'status', status: code, retryAfterMs } }) as const

/** Proposes, approves, and lets the decision be told; the action rests after its execution. */
export async function approved(world: World, callbackUrl = HOOK) {
  return await world.approve(await world.propose({ ...update, callbackUrl }))
}
export async function deliveries(world: World, actor: Actor = world.owner) {
  const [endpoint] = value(await world.gate.listCallbacks(actor))
  if (!endpoint) throw new Error('No endpoint')
  const { items } = value(await world.gate.listCallbackDeliveries(actor, endpoint.id, { limit: 50 }))
  return { endpoint, items }
}
export const endpointOf = async (world: World) => (await deliveries(world)).endpoint

/** What a receiver does, independent of the code that signs. */
export function opens(secret: string, sent: World['callbacks'][number]): boolean {
  const { headers, body } = sent
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const mac = createHmac('sha256', key)
    .update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`)
    .digest('base64')
  return (headers['webhook-signature'] ?? '').split(' ').includes(`v1,${mac}`)
}
