import type { z } from 'zod'
import { type ActionAnswer, ActionSchema } from '../core/http/represent/action-schema.ts'
import { FeedbackSchema } from '../core/http/represent/feedback.ts'
import { call, expected, listOf, Problem } from './api-call.ts'
import { claim, realMs } from './claim.ts'

export type { ActionAnswer }
export type Feedback = z.infer<typeof FeedbackSchema>

export type Proposal = {
  readonly kind: string
  readonly input: Readonly<Record<string, unknown>>
  readonly reason: string
  /** Asks a person to decide, whatever the level. */
  readonly question?: { readonly about: 'content' | 'people'; readonly says: string }
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

/** Longer than any answer to a handful of proposals should take. */
const MOST_PATIENCE_S = 30

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
