import type {
  ActionId,
  AgentId,
  ConnectionId,
  ExceptionId,
  IdOf,
  IdPrefix,
  MemberId,
  PlanId,
  SwitchId,
  WorkspaceId,
} from '../../core/domain/ids.ts'
import type {
  ActionView,
  DecisionView,
  ExceptionView,
  MemberView,
  PlanView,
  SwitchView,
  WorkspaceView,
} from '../../core/gate/views.ts'
import type { Field } from '../../core/ports/kind.ts'
import { viewContext } from '../../slack-app/views/view-context.ts'

// safe: the brand is only for the compiler, and the prefix is written here.
export const id = <P extends IdPrefix>(prefix: P, rest: string): IdOf<P> => `${prefix}_${rest}` as unknown as IdOf<P>

export const NOW = new Date('2026-11-24T13:05:00Z')
export const later = (minutes: number): Date => new Date(NOW.getTime() + minutes * 60_000)

export const workspaceId: WorkspaceId = id('wks', 'one')
export const actionId: ActionId = id('act', 'newsletter')
export const planId: PlanId = id('pln', 'launch')
export const agentId: AgentId = id('agt', 'copywriter')
export const connectionId: ConnectionId = id('con', 'mail')
export const exceptionId: ExceptionId = id('exc', 'lost')
export const switchId: SwitchId = id('swt', 'all')
export const approverId: MemberId = id('mem', 'approver')
export const viewerId: MemberId = id('mem', 'viewer')

export const HASH = 'a1b2c3d4e5f60718293a4b5c6d7e8f90'

export const workspace: WorkspaceView = {
  id: workspaceId,
  name: 'A dental practice',
  timeZone: 'Europe/Berlin',
  locale: 'en',
  currency: 'EUR',
  approvalsChannel: 'C0APPROVALS',
}

export const approver: MemberView = {
  id: approverId,
  name: 'Approver',
  email: 'approver@example.com',
  role: 'approver',
  slackUserId: 'U0APPROVER',
  limits: null,
  disabledAt: null,
}
export const viewer: MemberView = {
  id: viewerId,
  name: 'Viewer',
  email: 'viewer@example.com',
  role: 'viewer',
  slackUserId: 'U0VIEWER',
  limits: null,
  disabledAt: null,
}

export const ctx = viewContext(workspace, [approver, viewer], 'https://tenure.example.com/', NOW)

export const field = (name: string, type: Field['type'], more: Partial<Field> = {}): Field => ({
  name,
  label: name,
  type,
  required: false,
  editable: true,
  cosmetic: false,
  ...more,
})

/** A newsletter that waits for a decision. */
export const action = (more: Partial<ActionView> = {}): ActionView => ({
  id: actionId,
  workspaceId,
  state: 'awaiting_approval',
  version: 3,
  kind: {
    id: 'mailchimp.campaign.send',
    title: 'Send a campaign',
    fields: [
      field('campaignId', 'text', { editable: false, required: true }),
      field('subject', 'text', { label: 'Subject', required: true }),
    ],
    canTest: true,
  },
  platform: 'mailchimp',
  connection: { name: 'Newsletter', sandbox: false },
  category: 'email_campaign',
  channel: 'email',
  scope: 'email_campaign:medium',
  scenario: 'default',
  band: 'medium',
  level: {
    inForce: 2,
    boundBy: 'no_grant',
    grant: null,
    tier: null,
    ceiling: 3,
    why: 'Nobody has granted more than recommendations for this yet.',
  },
  verdict: {
    outcome: 'ask',
    reasons: [{ rule: 'exposure', outcome: 'ask', text: 'It reaches 1,200 people; above 1,000 a person decides' }],
  },
  preview: {
    title: 'your newsletter “Autumn check-ups” goes to 1,200 people',
    done: 'your newsletter “Autumn check-ups” went to 1,200 people',
    lines: [
      { label: 'Subject', value: 'Time for your check-up' },
      { label: 'From', value: 'A dental practice' },
    ],
    openUrl: 'https://mail.example.com/preview/1',
  },
  input: { campaignId: 'c1', subject: 'Time for your check-up' },
  payloadHash: HASH,
  policyVersion: 4,
  effect: { repeat: 'unsafe', undo: 'held' },
  undo: { class: 'held', until: null },
  reach: { people: 1200, listSize: 15_000, amount: { minor: 1250, currency: 'EUR' } },
  agent: { id: agentId, name: 'Copywriter' },
  reason: 'Check-ups are down since September',
  requestedBy: {
    member: 'approver@example.com',
    words: 'Can we remind people of their check-up?',
    thread: { channel: 'C0MARKETING', ts: '1.000001' },
  },
  evidence: [{ label: 'Bookings by week', url: 'https://charts.example.com/1' }],
  confidence: 0.8,
  asked: null,
  agentCost: { minor: 3, currency: 'EUR' },
  dryRun: false,
  proposedAt: later(-5),
  slotAt: null,
  expiresAt: later(7 * 24 * 60),
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
  ...more,
})

export const decision = (verb: DecisionView['decision'], more: Partial<DecisionView> = {}): DecisionView => ({
  decision: verb,
  by: { id: approverId, name: 'Approver' },
  onBehalfOf: null,
  at: later(1),
  payloadHash: HASH,
  severity: null,
  reason: null,
  outside: false,
  changes: [],
  ...more,
})

export const executed = (more: Partial<ActionView> = {}): ActionView =>
  action({
    state: 'executed',
    version: 6,
    decisions: [decision('approve')],
    executedAt: later(2),
    undo: { class: 'exact', until: later(24 * 60) },
    receipt: { reference: 'r1', openUrl: 'https://mail.example.com/sent/1' },
    ...more,
  })

export const exception = (more: Partial<ExceptionView> = {}): ExceptionView => ({
  id: exceptionId,
  actionId,
  source: 'execution',
  says: 'The platform did not answer, and the campaign cannot be found',
  openedAt: later(3),
  resolvedAt: null,
  resolvedBy: null,
  options: ['retry', 'happened', 'did_not_happen'],
  ...more,
})

export const stop: SwitchView = {
  mode: 'stop',
  until: null,
  id: switchId,
  target: { kind: 'workspace' },
  words: 'everything',
  reason: 'wrong price',
  by: 'Approver',
  at: later(-1),
}

export const plan = (more: Partial<PlanView> = {}): PlanView => ({
  id: planId,
  workspaceId,
  title: 'autumn check-ups in three steps',
  state: 'awaiting_approval',
  payloadHash: HASH,
  reason: 'Check-ups are down since September',
  people: 1200,
  amount: { minor: 1250, currency: 'EUR' },
  steps: [
    action({
      plan: { id: planId, step: 1, steps: 2 },
      preview: { title: 'a page is prepared', done: 'a page was prepared', lines: [] },
    }),
    action({ id: id('act', 'second'), plan: { id: planId, step: 2, steps: 2 } }),
  ],
  ...more,
})

/** Recommendations only, as where nobody granted anything. */
export const LEVEL: NonNullable<ActionView['level']> = {
  inForce: 2,
  boundBy: 'no_grant',
  grant: null,
  tier: null,
  ceiling: 4,
  why: '',
}
