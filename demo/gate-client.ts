import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type ActionAnswer, ActionSchema } from '../core/http/represent/action-schema.ts'
import { BudgetSchema } from '../core/http/represent/budget.ts'
import { FeedbackSchema } from '../core/http/represent/feedback.ts'
import { GrantSchema } from '../core/http/represent/grant.ts'
import { PolicySchema } from '../core/http/represent/policy.ts'
import { claim, realMs } from './claim.ts'
import { reach } from './reach.ts'

export type { ActionAnswer }
export type Budget = z.infer<typeof BudgetSchema>
export type Feedback = z.infer<typeof FeedbackSchema>
export type PolicyDocument = z.infer<typeof PolicySchema>['document']

export type Proposal = {
  readonly kind: string
  readonly input: Readonly<Record<string, unknown>>
  readonly reason: string
  readonly requested_by?: {
    readonly member: string
    readonly words: string
    readonly thread: { readonly channel: string; readonly ts: string }
  }
  readonly not_before?: string
  readonly supersedes?: string
}

/** `taken`: stored and on its way. `blocked`: a guardrail said no. `refused`: nothing was stored. */
export type Proposed =
  | { readonly kind: 'taken'; readonly action: ActionAnswer }
  | { readonly kind: 'blocked'; readonly action: ActionAnswer; readonly says: string }
  | { readonly kind: 'refused'; readonly type: string; readonly says: string }

const Problem = z.object({ type: z.string(), detail: z.string(), action: ActionSchema.optional() })
const listOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) })

/** Longer than any answer to a handful of proposals should take. */
const MOST_PATIENCE_S = 30

type Answer = { readonly status: number; readonly retryAfter: string | null; readonly body: unknown }

async function call(url: string, key: string, method: string, path: string, body?: object): Promise<Answer> {
  const response = await reach(`${url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      ...(path === '/v1/actions' && { 'idempotency-key': randomUUID(), prefer: 'wait=20' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const { status, headers } = response
  return { status, retryAfter: headers.get('retry-after'), body: text === '' ? null : JSON.parse(text) }
}

function expected<T>(schema: z.ZodType<T>, what: string, { status, body }: Answer): T {
  const refused = Problem.safeParse(body)
  claim(status < 300, `${what}: ${refused.success ? refused.data.detail : `the gate answered ${status}`}`)
  const read = schema.safeParse(body)
  claim(read.success, `${what}: the gate answered something that its API does not describe.`)
  return read.data
}

/** What an agent does over the API: propose, look, and read what people said. */
export type Agent = ReturnType<typeof createAgent>

export function createAgent(url: string, key: string) {
  return {
    /** Waits for a resting state; a gate that asks for patience gets it. */
    async propose(proposal: Proposal): Promise<Proposed> {
      let answer = await call(url, key, 'POST', '/v1/actions', proposal)
      while (answer.status === 429) {
        const seconds = Number(answer.retryAfter ?? 1)
        claim(seconds <= MOST_PATIENCE_S, `The gate wants ${seconds} s of patience before the next proposal.`)
        await realMs(seconds * 1000)
        answer = await call(url, key, 'POST', '/v1/actions', proposal)
      }
      const problem = Problem.safeParse(answer.body)
      if (answer.status >= 400 && problem.success) {
        const { type, detail, action } = problem.data
        return action === undefined
          ? { kind: 'refused', type, says: detail }
          : { kind: 'blocked', action, says: detail }
      }
      return { kind: 'taken', action: expected(ActionSchema, `Proposing ${proposal.kind}`, answer) }
    },
    async action(id: string): Promise<ActionAnswer> {
      return expected(ActionSchema, `Reading ${id}`, await call(url, key, 'GET', `/v1/actions/${id}`))
    },
    /** Newest first. */
    async feedback(): Promise<readonly Feedback[]> {
      const answer = await call(url, key, 'GET', '/v1/feedback?limit=50')
      return expected(listOf(FeedbackSchema), 'Reading the feedback', answer).items
    },
  }
}

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
      expected(PolicySchema, 'Setting the policy', answer)
    },
    async levelOf(scope: string): Promise<number | null> {
      const grants = await read(listOf(GrantSchema), '/v1/grants')
      return grants.items.find((grant) => grant.scope === scope)?.level ?? null
    },
    async grant(scope: string, level: number, reason: string): Promise<void> {
      expected(
        listOf(GrantSchema),
        `Granting ${scope}`,
        await call(url, token, 'PUT', '/v1/grants', { scope, level, reason }),
      )
    },
    async approve({ id, payload_hash }: ActionAnswer): Promise<ActionAnswer> {
      const body = { decision: 'approve', payload_hash }
      return expected(
        ActionSchema,
        `Approving ${id}`,
        await call(url, token, 'POST', `/v1/actions/${id}/decisions`, body),
      )
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
