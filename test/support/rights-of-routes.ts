import { type MEMBERS, note, type Things } from './furnished-world.ts'

/** The budget of the day on which every world begins. */
const TODAY = 'day:2026-03-04'

/** The lowest role of a member, and whether an agent may too. */
type Right = { readonly member: (typeof MEMBERS)[number]; readonly agent: boolean }
const ANYONE: Right = { member: 'viewer', agent: true }
const MEMBER: Right = { member: 'viewer', agent: false }
const APPROVER: Right = { member: 'approver', agent: false }
const APPROVER_OR_AGENT: Right = { member: 'approver', agent: true }
const ADMIN: Right = { member: 'admin', agent: false }
const ADMIN_OR_AGENT: Right = { member: 'admin', agent: true }
const OWNER: Right = { member: 'owner', agent: false }
const PERSON = { identifiers: [{ kind: 'email', value: 'ana@example.com' }] }

export type RightsRow = {
  readonly right: Right
  /** What the `{id}` of the path is. */
  readonly id?: keyof Things
  /** What the `{scope}` of the path is. */
  readonly scope?: string
  readonly body?: (things: Things) => object
  readonly headers?: Readonly<Record<string, string>>
}

/** Every route with the lowest right that it asks for. A new route: one row here, or `authorisation.int.test.ts` fails. */
export const RIGHTS_OF_ROUTES: Readonly<Record<string, RightsRow>> = {
  proposeAction: {
    right: APPROVER_OR_AGENT,
    body: () => ({ ...note, reason: 'x' }),
    headers: { 'idempotency-key': 'k' },
  },
  proposePlan: {
    right: APPROVER_OR_AGENT,
    body: () => ({ title: 'x', reason: 'x', steps: [note] }),
    headers: { 'idempotency-key': 'k' },
  },
  listActions: { right: ANYONE },
  getAction: { right: ANYONE, id: 'waiting' },
  decideAction: {
    right: APPROVER,
    id: 'waiting',
    body: ({ hash }) => ({ decision: 'reject', payload_hash: hash, reason: 'x', severity: 'minor' }),
  },
  decideActions: {
    right: ANYONE,
    body: ({ waiting, hash }) => ({ decisions: [{ action_id: waiting, decision: 'approve', payload_hash: hash }] }),
  },
  undoAction: { right: APPROVER_OR_AGENT, id: 'done', body: () => ({}) },
  recordOutcomes: {
    right: APPROVER,
    id: 'done',
    body: () => ({ outcomes: [{ metric: 'replies', value: 1 }] }),
  },
  snoozeAction: { right: APPROVER, id: 'waiting', body: () => ({ until: '1h' }) },
  sendTest: { right: APPROVER, id: 'waiting' },
  getPlan: { right: ANYONE, id: 'plan' },
  decidePlan: {
    right: APPROVER,
    id: 'plan',
    body: ({ planHash }) => ({ decision: 'reject', payload_hash: planHash, reason: 'x', severity: 'minor' }),
  },
  undoPlan: { right: APPROVER_OR_AGENT, id: 'plan', body: () => ({}) },
  listFeedback: { right: ANYONE },
  deleteFeedback: { right: APPROVER, id: 'feedback' },
  listGrants: { right: ANYONE },
  setGrant: { right: ADMIN, body: () => ({ scope: 'audience.small', level: 2 }) },
  reclaimLevel: { right: APPROVER, body: () => ({ what: 'audience' }) },
  handBack: { right: ADMIN, body: () => ({ what: 'booking' }) },
  listStandingConsents: { right: MEMBER },
  setStandingConsent: { right: OWNER, body: () => ({ category: 'crm_update', up_to: 3 }) },
  listPromotions: { right: MEMBER },
  getPromotion: { right: MEMBER, id: 'promotion' },
  decidePromotion: { right: ADMIN, id: 'promotion', body: () => ({ decision: 'decline' }) },
  getNotice: { right: MEMBER, id: 'notice' },
  answerNotice: { right: APPROVER, id: 'notice', body: () => ({ answer: 'dismiss' }) },
  listSwitches: { right: ANYONE },
  stop: { right: MEMBER, body: () => ({ target: { kind: 'platform', value: 'mailchimp' } }) },
  resume: { right: ADMIN, id: 'stop' },
  resumeEvery: { right: ADMIN },
  listExceptions: { right: MEMBER },
  resolveException: { right: APPROVER, id: 'exception', body: () => ({ how: 'happened' }) },
  getPolicy: { right: MEMBER },
  listPolicies: { right: MEMBER },
  setPolicy: { right: ADMIN, body: () => ({ document: {} }) },
  checkPolicy: { right: ADMIN, body: () => ({ document: {} }) },
  rollBackPolicy: { right: ADMIN, body: () => ({ version: 1 }) },
  confirmPolicy: { right: ADMIN, body: () => ({ version: 1 }) },
  endPolicyTrial: { right: ADMIN, id: 'trial', body: () => ({ outcome: 'withdrawn' }) },
  comparePolicyTrial: { right: ADMIN, id: 'trial', body: () => ({}) },
  explainPolicy: { right: MEMBER, body: () => ({ kind: 'mailchimp.campaign.send' }) },
  backtestPolicy: { right: ADMIN, body: () => ({ document: {}, days: 7 }) },
  listBudgets: { right: ANYONE },
  recordSpend: { right: ADMIN, body: () => ({ items: [{ budget: TODAY, spent_minor: 1 }] }) },
  listMembers: { right: MEMBER },
  addMember: { right: ADMIN, body: () => ({ name: 'New', email: 'new@example.com', role: 'viewer' }) },
  issueToken: { right: ADMIN, id: 'member' },
  createLinkCode: { right: ADMIN, id: 'member' },
  changeMember: { right: ADMIN, id: 'member', body: () => ({ disabled: false }) },
  listDelegations: { right: MEMBER },
  delegate: { right: APPROVER, body: ({ member }) => ({ to: member, ends: '2026-03-09' }) },
  endDelegation: { right: ADMIN, id: 'delegation' },
  listAgents: { right: MEMBER },
  createAgent: { right: ADMIN, body: () => ({ name: 'New' }) },
  changeAgent: { right: ADMIN, id: 'otherAgent', body: () => ({ per_hour: 10 }) },
  rotateAgentKey: { right: ADMIN, id: 'otherAgent' },
  rotateAgentCallbackSecret: { right: ADMIN, id: 'otherAgent' },
  disableAgent: { right: ADMIN, id: 'otherAgent' },
  listCallbacks: { right: ANYONE },
  listCallbackDeliveries: { right: ANYONE, id: 'callback' },
  replayCallbacks: { right: ADMIN_OR_AGENT, id: 'callback', body: () => ({ deliveries: 'all' }) },
  enableCallback: { right: ADMIN_OR_AGENT, id: 'callback' },
  getCallbackSecret: { right: APPROVER_OR_AGENT },
  rotateCallbackSecret: { right: APPROVER_OR_AGENT },
  listConnections: { right: MEMBER },
  addConnection: { right: ADMIN, body: () => ({ platform: 'hubspot', name: 'New', credentials: '{}' }) },
  renewWebhookUrl: { right: ADMIN, id: 'connection' },
  replaceCredentials: { right: ADMIN, id: 'connection', body: () => ({ credentials: '{}' }) },
  listKinds: { right: ANYONE },
  getLedgerHead: { right: ADMIN },
  exportLedger: { right: ADMIN },
  adoptLedger: { right: OWNER, body: () => ({ reason: 'x' }) },
  listTrust: { right: MEMBER },
  explainTrust: { right: MEMBER, scope: 'crm_update.small' },
  rebuildTrust: { right: ADMIN },
  planRollout: {
    right: MEMBER,
    body: () => ({
      workflows: [
        { name: 'x', kind: 'hubspot.note.create', runs_per_month: 30, sensitivity: 'low', data_quality: 'good' },
      ],
    }),
  },
  compareRollout: { right: MEMBER, scope: 'crm_update.small' },
  recordConsents: {
    right: APPROVER,
    body: () => ({ consents: [{ ...PERSON, channel: 'email', standing: 'given', source: 'x' }] }),
  },
  suppressPeople: { right: APPROVER, body: () => ({ suppressions: [{ ...PERSON, reason: 'asked' }] }) },
  liftSuppressions: { right: ADMIN, body: () => PERSON },
  exportPerson: { right: ADMIN, body: () => PERSON },
  erasePerson: { right: ADMIN, body: () => PERSON },
  eraseDetails: { right: ADMIN, body: ({ done }) => ({ subject: done }) },
}
