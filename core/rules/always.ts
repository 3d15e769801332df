import { agentQuestion } from './guardrails/agent-question.ts'
import { rejectedBefore } from './guardrails/rejected-before.ts'

/** Rules that no policy can take away, by the name of their reasons. */
export const ALWAYS = { agent_question: agentQuestion, rejected_before: rejectedBefore } as const
