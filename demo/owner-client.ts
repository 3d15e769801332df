import { z } from 'zod'
import { type ActionAnswer, ActionSchema } from '../core/http/represent/action-schema.ts'
import { BudgetSchema } from '../core/http/represent/budget.ts'
import { GrantSchema } from '../core/http/represent/grant.ts'
import { PolicySchema, PolicyVersionSchema } from '../core/http/represent/policy.ts'
import { PromotionSchema } from '../core/http/represent/promotion.ts'
import { TrustDetailsSchema } from '../core/http/represent/trust.ts'
import { call, expected, listOf } from './api-call.ts'

export type Budget = z.infer<typeof BudgetSchema>
export type Grant = z.infer<typeof GrantSchema>
export type Promotion = z.infer<typeof PromotionSchema>
export type Trust = z.infer<typeof TrustDetailsSchema>
export type PolicyDocument = z.infer<typeof PolicySchema>['document']
/** Which level: an agent's in one scenario of a scope. */
export type WhichGrant = Pick<Grant, 'scope' | 'scenario' | 'agent'>

/** What the owner does over the API. */
export type Owner = ReturnType<typeof createOwner>

export function createOwner(url: string, token: string) {
  const read = async <T>(schema: z.ZodType<T>, path: string): Promise<T> =>
    expected(schema, `Reading ${path}`, await call(url, token, 'GET', path))
  return {
    policy: async (): Promise<PolicyDocument> => (await read(PolicySchema, '/v1/policies/current')).document,
    budgets: async (): Promise<readonly Budget[]> => (await read(listOf(BudgetSchema), '/v1/budgets')).items,
    async setPolicy(document: PolicyDocument, note: string): Promise<void> {
      const answer = await call(url, token, 'PUT', '/v1/policies/current', { document, note })
      expected(PolicyVersionSchema, 'Setting the policy', answer)
    },
    grants: async (): Promise<readonly Grant[]> => (await read(listOf(GrantSchema), '/v1/grants')).items,
    /** Level 2 for everybody there: they ask again, and may earn more again. */
    async askAgain({ scope, scenario, agent }: WhichGrant, reason: string): Promise<void> {
      const answer = await call(url, token, 'PUT', '/v1/grants', { scope, scenario, agent, level: 2, reason })
      expected(listOf(GrantSchema), `Lowering ${scope}`, answer)
    },
    async reclaim({ scope, scenario, agent }: WhichGrant, reason: string): Promise<void> {
      const answer = await call(url, token, 'POST', '/v1/grants/reclaim', { what: scope, scenario, agent, reason })
      expected(listOf(GrantSchema), `Taking back ${scope}`, answer)
    },
    async handBack({ scope, scenario, agent }: WhichGrant, reason: string): Promise<void> {
      const answer = await call(url, token, 'POST', '/v1/grants/hand-back', { what: scope, scenario, agent, reason })
      expected(listOf(GrantSchema), `Handing back ${scope}`, answer)
    },
    async promotions(state: Promotion['state']): Promise<readonly Promotion[]> {
      return (await read(listOf(PromotionSchema), `/v1/promotions?state=${state}`)).items
    },
    async promotion(id: string): Promise<Promotion> {
      return await read(PromotionSchema, `/v1/promotions/${id}`)
    },
    async approve(action: ActionAnswer): Promise<ActionAnswer> {
      return await this.decide(action, 'approve')
    },
    async decide({ id, payload_hash }: ActionAnswer, decision: 'approve' | 'confirm'): Promise<ActionAnswer> {
      const body = { decision, payload_hash }
      return expected(
        ActionSchema,
        `Deciding ${id}`,
        await call(url, token, 'POST', `/v1/actions/${id}/decisions`, body),
      )
    },
    async undo(id: string): Promise<void> {
      expected(ActionSchema, `Undoing ${id}`, await call(url, token, 'POST', `/v1/actions/${id}/undo`, {}))
    },
    async trust(scope: string): Promise<Trust> {
      return await read(TrustDetailsSchema, `/v1/trust/${scope}`)
    },
    async scopes(): Promise<readonly string[]> {
      return (await read(listOf(z.object({ scope: z.string() })), '/v1/trust')).items.map(({ scope }) => scope)
    },
    /** When this gate last heard from an agent; null: never. */
    async lastProposedAt(): Promise<Date | null> {
      const newest = (await read(listOf(ActionSchema), '/v1/actions?limit=1')).items[0]
      return newest === undefined ? null : new Date(newest.proposed_at)
    },
    async stops(): Promise<readonly string[]> {
      const stops = await read(listOf(z.object({ words: z.string() })), '/v1/switches')
      return stops.items.map(({ words }) => words)
    },
    /** Adds who is not there yet. */
    async addMember(name: string, email: string, role: 'admin' | 'approver' | 'viewer'): Promise<void> {
      const { items } = await read(listOf(z.object({ email: z.string() })), '/v1/members')
      if (items.some((member) => member.email === email)) return
      const answer = await call(url, token, 'POST', '/v1/members', { name, email, role })
      expected(z.object({ member: z.object({ email: z.string() }) }), `Adding ${email}`, answer)
    },
  }
}
