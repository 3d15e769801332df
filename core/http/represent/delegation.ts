import { z } from '@hono/zod-openapi'
import type { DelegationView } from '../../gate/delegations.ts'
import { Instant } from './values.ts'

const Named = z.object({ id: z.string(), name: z.string() })

export const DelegationSchema = z
  .object({
    id: z.string().openapi({ example: 'dlg_01' }),
    from: Named.openapi({ description: 'Who is away' }),
    to: Named.openapi({ description: 'Who decides meanwhile' }),
    starts_at: Instant,
    ends_at: Instant,
    reason: z.string().nullable(),
    state: z.enum(['planned', 'running', 'over']),
  })
  .openapi('Delegation')

export function representDelegation(view: DelegationView): z.infer<typeof DelegationSchema> {
  return {
    id: view.id,
    from: { id: view.from.id, name: view.from.name },
    to: { id: view.to.id, name: view.to.name },
    starts_at: view.startsAt.toISOString(),
    ends_at: view.endsAt.toISOString(),
    reason: view.reason,
    state: view.state,
  }
}
