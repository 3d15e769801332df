import type { StoredAction } from '../ports/rows.ts'
import type { JudgedOn } from '../ports/trust.ts'
import { AGENT_QUESTION } from '../rules/guardrails/agent-question.ts'

type Asked = {
  readonly by: 'agent' | 'guardrail'
  /** The kind of edge case that it was: what an agent calls its question makes no kinds of it. */
  readonly kind: string
}

/**
 * Why a person was asked where its level alone would have let it run: its agent asked (at any level), or a guardrail did
 * at level 3 or above. Null: nobody had to be asked, or everything of its level is. Section 5.3 of the trust model.
 */
export function askedBecause({
  action: { question },
  payload: { verdict, level },
}: {
  readonly action: Pick<StoredAction['action'], 'question'>
  readonly payload: Pick<StoredAction['payload'], 'verdict' | 'level'>
}): Asked | null {
  if (question !== null) return { by: 'agent', kind: AGENT_QUESTION }
  if ((level?.inForce ?? 0) < 3 || verdict?.outcome !== 'ask') return null
  const rule = verdict.reasons[0]?.rule
  return rule === undefined ? null : { by: 'guardrail', kind: rule }
}

/** Why a person was asked about it as it was proposed: an edit may have taken away what was asked about. */
export const askedFirst = ({ action, payload }: StoredAction, { firstVerdict }: JudgedOn) =>
  askedBecause({ action, payload: firstVerdict ?? payload })
