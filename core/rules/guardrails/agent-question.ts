import { type Guardrail, quoted, reason } from './guardrail.ts'

export const AGENT_QUESTION = 'agent_question'

const MOST_ASKED = 130

/** An agent that is not sure may ask a person, whatever its level; no policy can take that from it. */
export const agentQuestion: Guardrail = (subject) =>
  subject.question === null
    ? null
    : reason(AGENT_QUESTION, 'ask', `The agent asks: ${quoted(subject.question, MOST_ASKED)}`)
