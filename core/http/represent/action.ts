import type { ActionView, ApprovalsView, DecisionView, RequestedBy } from '../../gate/views.ts'
import type { ActionAnswer } from './action-schema.ts'
import { representException } from './exception.ts'
import { nextStep } from './next-step.ts'
import { representSwitch } from './switch.ts'
import { instant, representDifferences, representMoney } from './values.ts'

export const actionPath = (id: string): string => `/v1/actions/${id}`

/** An action as the HTTP door shows it, named field by field. `publicUrl` has no slash at its end. */
export function representAction(view: ActionView, publicUrl: string): ActionAnswer {
  return {
    id: view.id,
    state: view.state,
    version: view.version,
    next: nextStep(view.state, actionPath(view.id)),
    kind: view.kind.id,
    kind_title: view.kind.title,
    platform: view.platform,
    connection: { name: view.connection.name, sandbox: view.connection.sandbox },
    ...judged(view),
    preview: preview(view),
    input: { ...view.input },
    payload_hash: view.payloadHash,
    ...proposed(view),
    ...timed(view),
    decisions: view.decisions.map(decision),
    approvals: view.approvals && approvals(view.approvals),
    note: view.note,
    differences: representDifferences(view.differences),
    preflight: [...view.preflight],
    receipt: view.receipt === null ? null : { reference: view.receipt.reference, open_url: view.receipt.openUrl },
    supersedes: view.supersedes,
    superseded_by: view.supersededBy,
    changes: representDifferences(view.changes),
    plan: view.plan === null ? null : { id: view.plan.id, step: view.plan.step, steps: view.plan.steps },
    exception: view.exception === null ? null : representException(view.exception),
    frozen_by: view.frozenBy === null ? null : representSwitch(view.frozenBy),
    links: links(view, publicUrl),
  }
}

type Judged = 'category' | 'channel' | 'scope' | 'scenario' | 'band' | 'level' | 'verdict' | 'policy_version' | 'reach'

function judged({ level, verdict, reach, ...view }: ActionView): Pick<ActionAnswer, Judged> {
  return {
    category: view.category,
    channel: view.channel,
    scope: view.scope,
    scenario: view.scenario,
    band: view.band,
    level:
      level === null
        ? null
        : {
            in_force: level.inForce,
            bound_by: level.boundBy,
            grant: level.grant,
            tier: level.tier,
            ceiling: level.ceiling,
            why: level.why,
          },
    verdict:
      verdict === null
        ? null
        : {
            outcome: verdict.outcome,
            reasons: verdict.reasons.map(({ rule, outcome, text }) => ({ rule, outcome, text })),
          },
    policy_version: view.policyVersion,
    reach:
      reach === null ? null : { people: reach.people, list_size: reach.listSize, amount: representMoney(reach.amount) },
  }
}

function preview({ preview: shown }: ActionView): ActionAnswer['preview'] {
  return {
    title: shown.title,
    lines: shown.lines.map(({ label, value }) => ({ label, value })),
    ...(shown.imageUrl === undefined ? {} : { image_url: shown.imageUrl }),
    ...(shown.openUrl === undefined ? {} : { open_url: shown.openUrl }),
  }
}

type Proposed =
  | 'effect'
  | 'undo'
  | 'agent'
  | 'reason'
  | 'requested_by'
  | 'evidence'
  | 'confidence'
  | 'question'
  | 'agent_cost'
  | 'dry_run'

function proposed(view: ActionView): Pick<ActionAnswer, Proposed> {
  return {
    effect: { repeat: view.effect.repeat, preparing: view.effect.preparing === true },
    undo: { class: view.undo.class, until: instant(view.undo.until) },
    agent: { id: view.agent.id, name: view.agent.name },
    reason: view.reason,
    requested_by: view.requestedBy === null ? null : requestedBy(view.requestedBy),
    evidence: view.evidence.map(({ label, url }) => ({ label, url })),
    confidence: view.confidence,
    question: view.asked?.question ?? null,
    agent_cost: representMoney(view.agentCost),
    dry_run: view.dryRun,
  }
}

function requestedBy({ member, words, thread }: RequestedBy): NonNullable<ActionAnswer['requested_by']> {
  return {
    member,
    ...(words === undefined ? {} : { words }),
    ...(thread === undefined ? {} : { thread: { channel: thread.channel, ts: thread.ts } }),
  }
}

type Timed =
  | 'proposed_at'
  | 'slot_at'
  | 'expires_at'
  | 'hold_until'
  | 'snoozed_until'
  | 'reminders'
  | 'escalated'
  | 'executed_at'
  | 'undone_at'

function timed(view: ActionView): Pick<ActionAnswer, Timed> {
  return {
    proposed_at: view.proposedAt.toISOString(),
    slot_at: instant(view.slotAt),
    expires_at: instant(view.expiresAt),
    hold_until: instant(view.holdUntil),
    snoozed_until: instant(view.snoozedUntil),
    reminders: view.reminders,
    escalated: view.escalated,
    executed_at: instant(view.executedAt),
    undone_at: instant(view.undoneAt),
  }
}

function decision(view: DecisionView): ActionAnswer['decisions'][number] {
  return {
    decision: view.decision,
    by: { id: view.by.id, name: view.by.name },
    on_behalf_of: view.onBehalfOf && { id: view.onBehalfOf.id, name: view.onBehalfOf.name },
    at: view.at.toISOString(),
    payload_hash: view.payloadHash,
    severity: view.severity,
    reason: view.reason,
    outside: view.outside,
    changes: representDifferences(view.changes),
  }
}

function approvals({ needed, missing, given, says }: ApprovalsView): NonNullable<ActionAnswer['approvals']> {
  return { needed, missing, given: given.map(({ id, name, at }) => ({ id, name, at: at.toISOString() })), says }
}

function links(view: ActionView, publicUrl: string): ActionAnswer['links'] {
  const self = `${publicUrl}${actionPath(view.id)}`
  return {
    self,
    decisions: `${self}/decisions`,
    undo: `${self}/undo`,
    snooze: `${self}/snooze`,
    test: view.kind.canTest ? `${self}/test` : null,
    plan: view.plan === null ? null : `${publicUrl}/v1/plans/${view.plan.id}`,
  }
}
