import type {
  ActionId,
  AgentId,
  CallbackEndpointId,
  ExceptionId,
  FeedbackId,
  IdOf,
  IdPrefix,
  MemberId,
  PlanId,
  PolicyTrialId,
  SwitchId,
  WorkspaceId,
} from '../../core/domain/ids.ts'
import { isId } from '../../core/domain/ids.ts'
import type { LedgerLine } from '../../core/domain/ledger-lines.ts'
import type { Actor } from '../../core/domain/people.ts'
import type { DelegationView } from '../../core/gate/delegations.ts'
import type { ConnectionView } from '../../core/gate/gate.ts'
import type { PolicyVersionView, TrialView } from '../../core/gate/policy-in-force.ts'
import type { LedgerHead } from '../../core/gate/read-ledger.ts'
import type {
  ActionView,
  AgentView,
  BudgetView,
  CallbackDeliveryView,
  CallbackEndpointView,
  ExceptionView,
  FeedbackView,
  MemberView,
  PlanView,
  SwitchView,
} from '../../core/gate/views.ts'

/** An id of the domain from its words; throws where the shape is wrong. */
export function idOf<P extends IdPrefix>(prefix: P, text: string): IdOf<P> {
  if (!isId(prefix, text)) throw new Error(`Not an id of ${prefix}: ${text}`)
  return text
}

export const WORKSPACE: WorkspaceId = idOf('wks', 'wks_1')
export const ACTION: ActionId = idOf('act', 'act_1')
export const PLAN: PlanId = idOf('pln', 'pln_1')
export const AGENT: AgentId = idOf('agt', 'agt_1')
export const MEMBER: MemberId = idOf('mem', 'mem_1')
export const SWITCH: SwitchId = idOf('swt', 'swt_1')
export const EXCEPTION: ExceptionId = idOf('exc', 'exc_1')
export const CALLBACK: CallbackEndpointId = idOf('cbe', 'cbe_1')
export const FEEDBACK: FeedbackId = idOf('fbk', 'fbk_1')

export const AT = new Date('2026-03-02T09:00:00.000Z')
export const LATER = new Date('2026-03-03T09:00:00.000Z')
export const HASH = '9f86d081884c7d659a2feaa0c55ad015'

export const owner: Actor = {
  kind: 'member',
  id: MEMBER,
  workspaceId: WORKSPACE,
  name: 'The owner',
  role: 'owner',
  via: 'http',
}
export const agent: Actor = { kind: 'agent', id: AGENT, workspaceId: WORKSPACE, name: 'Newsletter writer' }

const ACTION_VIEW: ActionView = {
  id: ACTION,
  workspaceId: WORKSPACE,
  state: 'awaiting_approval',
  version: 2,
  kind: { id: 'mailchimp.campaign.send', title: 'Send a campaign', fields: [], canTest: true },
  platform: 'mailchimp',
  connection: { name: 'Newsletter account', sandbox: true },
  category: 'email_campaign',
  channel: 'email',
  scope: 'email_campaign:medium',
  scenario: 'newsletter',
  band: 'medium',
  level: {
    inForce: 2,
    boundBy: 'no_grant',
    grant: null,
    tier: 'notify',
    ceiling: 3,
    why: 'Nobody has granted more than recommendations for this yet.',
  },
  verdict: { outcome: 'ask', reasons: [{ rule: 'amount', outcome: 'ask', text: 'It costs more than 100.00.' }] },
  preview: {
    title: 'your March newsletter goes to 1,200 people',
    done: 'your March newsletter went to 1,200 people',
    lines: [{ label: 'To', value: '1,200 people' }],
    openUrl: 'https://example.com/campaign',
  },
  input: { campaign_id: 'c1' },
  payloadHash: HASH,
  policyVersion: 3,
  effect: { repeat: 'unsafe', undo: 'held' },
  undo: { class: 'held', until: null },
  reach: { people: 1200, listSize: 4000, amount: { minor: 1250, currency: 'EUR' } },
  agent: { id: AGENT, name: 'Newsletter writer' },
  reason: 'Tuesday mornings are read most',
  requestedBy: { member: 'owner@example.com', words: 'please send the newsletter' },
  evidence: [{ label: 'Open rates', url: 'https://example.com/rates' }],
  confidence: 0.8,
  asked: null,
  agentCost: { minor: 3, currency: 'EUR' },
  dryRun: false,
  proposedAt: AT,
  slotAt: null,
  expiresAt: LATER,
  holdUntil: null,
  snoozedUntil: null,
  reminders: 0,
  escalated: false,
  decisions: [],
  approvals: null,
  note: null,
  differences: [],
  preflight: [],
  receipt: null,
  executedAt: null,
  undoneAt: null,
  supersedes: null,
  supersededBy: null,
  changes: [],
  plan: null,
  exception: null,
  frozenBy: null,
}

export const actionView = (given: Partial<ActionView> = {}): ActionView => ({ ...ACTION_VIEW, ...given })

export const planView = (given: Partial<PlanView> = {}): PlanView => ({
  id: PLAN,
  workspaceId: WORKSPACE,
  title: 'Spring launch',
  state: 'awaiting_approval',
  payloadHash: HASH,
  reason: 'Spring is near',
  people: 1200,
  amount: { minor: 1250, currency: 'EUR' },
  steps: [actionView({ plan: { id: PLAN, step: 1, steps: 1 } })],
  ...given,
})

export const switchView = (given: Partial<SwitchView> = {}): SwitchView => ({
  id: SWITCH,
  target: { kind: 'platform', value: 'mailchimp' },
  words: 'Mailchimp',
  reason: 'A wrong list',
  by: 'The owner',
  at: AT,
  mode: 'stop',
  until: null,
  ...given,
})

export const exceptionView = (given: Partial<ExceptionView> = {}): ExceptionView => ({
  id: EXCEPTION,
  actionId: ACTION,
  source: 'execution',
  says: 'The answer of Mailchimp was lost.',
  openedAt: AT,
  resolvedAt: null,
  resolvedBy: null,
  options: ['happened', 'did_not_happen'],
  ...given,
})

export const memberView: MemberView = {
  id: MEMBER,
  name: 'The owner',
  email: 'owner@example.com',
  role: 'owner',
  slackUserId: null,
  limits: null,
  disabledAt: null,
}

export const delegationView: DelegationView = {
  id: idOf('dlg', 'dlg_1'),
  from: { id: MEMBER, name: 'The owner' },
  to: { id: idOf('mem', 'mem_2'), name: 'An approver' },
  startsAt: AT,
  endsAt: LATER,
  reason: 'A holiday',
  state: 'planned',
}

export const agentView = (given: Partial<AgentView> = {}): AgentView => ({
  id: AGENT,
  name: 'Newsletter writer',
  kinds: ['mailchimp.campaign.send'],
  channels: [],
  maxAmountMinor: null,
  ratePerHour: null,
  keyPrefix: 'tnr_abc',
  createdAt: AT,
  disabledAt: null,
  ...given,
})

export const connectionView: ConnectionView = {
  id: idOf('con', 'con_1'),
  platform: 'mailchimp',
  name: 'Newsletter account',
  state: 'live',
  sandbox: true,
  webhookKey: 'wks_1.secret',
}

export const POLICY_TRIAL: PolicyTrialId = idOf('ptr', 'ptr_1')

export const trialView: TrialView = {
  id: POLICY_TRIAL,
  version: 4,
  when: { channel: ['email'] },
  byName: 'Ann',
  at: AT,
}

export const policyVersionView: PolicyVersionView = {
  version: 4,
  hash: 'p4',
  document: { amount: { ask_above: 20_000 } },
  source: null,
  by: 'Ann',
  note: 'Spring',
  at: AT,
  isInForce: true,
  waits: false,
  confirmedBy: [],
}

export const budgetView: BudgetView = {
  id: 'day:2026-03-02',
  name: 'the day’s budget',
  period: 'day',
  startsAt: AT,
  endsAt: LATER,
  askAbove: null,
  spent: { minor: 0, currency: 'EUR' },
  cap: { minor: 50_000, currency: 'EUR' },
  reserved: { minor: 1250, currency: 'EUR' },
  committed: { minor: 0, currency: 'EUR' },
}

export const feedbackView: FeedbackView = {
  id: FEEDBACK,
  actionId: ACTION,
  kind: 'mailchimp.campaign.send',
  category: 'email_campaign',
  decision: 'reject',
  severity: 'minor',
  says: 'The headline shouts',
  changes: [],
  advice: 'Do not resend this.',
  by: 'The owner',
  at: AT,
}

export const callbackView = (given: Partial<CallbackEndpointView> = {}): CallbackEndpointView => ({
  id: CALLBACK,
  proposerId: AGENT,
  url: 'https://agent.example.com/hook',
  state: 'live',
  failures: 0,
  failingSince: null,
  lastSuccessAt: AT,
  disabledAt: null,
  disabledWhy: null,
  waiting: 1,
  failed: 0,
  notSent: 0,
  ...given,
})

export const deliveryView: CallbackDeliveryView = {
  id: idOf('msg', 'msg_1'),
  actionId: ACTION,
  version: 2,
  type: 'action.executed',
  state: 'delivered',
  attempts: 1,
  lastStatus: 204,
  lastFailure: null,
  nextTryAt: null,
  createdAt: AT,
  deliveredAt: LATER,
}

export const ledgerHead: LedgerHead = {
  workspaceId: WORKSPACE,
  batch: 7,
  head: 'c0ffee'.padEnd(64, '0'),
  at: AT.toISOString(),
  text: '{}',
  signature: 'c2lnbmVk',
  publicKey: 'a2V5',
}

/** An export of nothing. */
export async function* ledgerLines(): AsyncGenerator<LedgerLine> {
  const at = AT.toISOString()
  yield { line: 'ledger', format: 'tenure-ledger-1', workspace: WORKSPACE, at, public_key: 'a2V5', details: false }
  yield { line: 'unsealed' }
  yield { line: 'end', seals: 0, events: 0 }
}
