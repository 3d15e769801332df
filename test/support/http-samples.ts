import type { Refusal } from '../../core/gate/refusal.ts'
import { AT, HASH, LATER } from './views.ts'

const KEY = { 'idempotency-key': 'key-1' }

export const DECISION = { decision: 'approve', payload_hash: HASH.slice(0, 16) }

/** A request that every operation with a body accepts, all fields given. */
export const SAMPLES: Readonly<Record<string, { body: Record<string, unknown>; headers?: Record<string, string> }>> = {
  proposeAction: {
    headers: KEY,
    body: {
      kind: 'mailchimp.campaign.send',
      input: { campaign_id: 'c1' },
      connection: 'Newsletter account',
      reason: 'Tuesday mornings are read most',
      requested_by: { member: 'owner@example.com', words: 'please', thread: { channel: 'C1', ts: '1.2' } },
      evidence: [{ label: 'Open rates', url: 'https://example.com/rates' }],
      agent_cost: { minor: 3, currency: 'EUR' },
      confidence: 0.8,
      question: { about: 'people', says: 'Is it the right list?' },
      labels: { category: 'email_campaign', scenario: 'newsletter' },
      fingerprint: { model: 'm1', prompt: 'p1', template: 't1' },
      not_before: '2026-03-02T09:00:00Z',
      expires_at: '2026-03-03T10:00:00+01:00',
      supersedes: 'act_0',
      callback_url: 'https://example.com/done',
      dry_run: false,
    },
  },
  decideAction: {
    body: { ...DECISION, input: { campaign_id: 'c2' }, severity: 'minor', reason: 'Too loud', outside: false },
  },
  decideActions: { body: { decisions: [{ action_id: 'act_1', ...DECISION }] } },
  undoAction: { body: { reason: 'Wrong list', despite_changes: true, outside: false } },
  recordOutcomes: {
    body: { outcomes: [{ metric: 'open_rate', value: 0.31, measured_at: '2026-03-01T09:00:00Z' }] },
  },
  snoozeAction: { body: { until: '1h' } },
  proposePlan: {
    headers: KEY,
    body: {
      title: 'Spring launch',
      steps: [{ kind: 'mailchimp.campaign.send', input: { campaign_id: 'c1' }, connection: 'Newsletter account' }],
      reason: 'Spring is near',
      requested_by: { member: 'owner@example.com' },
      evidence: [],
      not_before: '2026-03-02T09:00:00Z',
      expires_at: '2026-03-03T09:00:00Z',
      callback_url: 'https://example.com/done',
    },
  },
  decidePlan: { body: { ...DECISION, severity: 'minor', reason: 'Too loud', outside: false } },
  undoPlan: { body: { reason: 'Wrong list' } },
  setGrant: {
    body: {
      scope: 'crm_update.small',
      level: 3,
      scenario: 'hubspot.contact.update',
      agent: 'agt_1',
      until: '2026-06-01T00:00:00Z',
      reason: 'Twenty good ones',
    },
  },
  reclaimLevel: {
    body: { what: 'crm_update', scenario: 'hubspot.contact.update', agent: 'agt_1', reason: 'A busy week' },
  },
  handBack: {
    body: { what: 'crm_update.small', scenario: 'hubspot.contact.update', agent: 'agt_1', reason: 'It is over' },
  },
  decidePromotion: { body: { decision: 'decline', reason: 'After the launch' } },
  answerNotice: { body: { answer: 'renew' } },
  setStandingConsent: { body: { category: 'crm_update', up_to: 4 } },
  stop: { body: { target: { kind: 'platform', value: 'mailchimp' }, reason: 'A wrong list' } },
  resolveException: { body: { how: 'happened' } },
  checkPolicy: { body: { source: 'blocked_words: [free]' } },
  rollBackPolicy: { body: { version: 2, note: 'It asked too much' } },
  confirmPolicy: { body: { version: 4 } },
  endPolicyTrial: { body: { outcome: 'promoted' } },
  comparePolicyTrial: { body: { days: 14 } },
  explainPolicy: {
    body: { kind: 'mailchimp.campaign.send', category: 'email_campaign', segment: 'vip', region: 'EU', agent: 'agt_1' },
  },
  recordSpend: { body: { items: [{ budget: 'day:2026-03-02', spent_minor: 1200 }] } },
  setPolicy: { body: { document: { amount: { ask_above: 20_000 } }, note: 'Spring', only: { channel: 'email' } } },
  backtestPolicy: { body: { document: { amount: { ask_above: 20_000 } }, days: 30, levels: { email_campaign: 3 } } },
  addMember: {
    body: { name: 'An approver', email: 'approver@example.com', role: 'approver', slack_user_id: 'U0123ABCD' },
  },
  changeMember: {
    body: {
      role: 'approver',
      limits: { categories: ['crm_update'], channels: ['crm'], amount_minor: 100 },
      disabled: false,
    },
  },
  delegate: {
    body: { from: 'mem_1', to: 'mem_2', starts: '2026-03-05', ends: '2026-03-09T10:00:00Z', reason: 'A holiday' },
  },
  createAgent: {
    body: {
      name: 'Newsletter writer',
      kinds: ['mailchimp.campaign.send'],
      channels: ['email'],
      max_amount_minor: 5000,
      per_hour: 20,
    },
  },
  changeAgent: { body: { kinds: [], channels: [], max_amount_minor: null, per_hour: null } },
  replayCallbacks: { body: { deliveries: 'all', since: '2026-03-02T09:00:00Z' } },
  addConnection: { body: { platform: 'mailchimp', name: 'Newsletter account', credentials: 'secret-us1' } },
  adoptLedger: { body: { reason: 'Restored from a backup', lost: { batch: 9, head: 'ab'.repeat(32) } } },
  eraseDetails: { body: { subject: 'act_1' } },
  recordConsents: {
    body: {
      consents: [
        {
          identifiers: [{ kind: 'email', value: 'ana@example.com' }],
          channel: 'email',
          standing: 'given',
          source: 'Sign-up form',
        },
      ],
    },
  },
  suppressPeople: {
    body: { suppressions: [{ identifiers: [{ kind: 'email', value: 'ana@example.com' }], reason: 'asked' }] },
  },
  liftSuppressions: { body: { identifiers: [{ kind: 'email', value: 'ana@example.com' }] } },
  exportPerson: { body: { identifiers: [{ kind: 'email', value: 'ana@example.com' }] } },
  erasePerson: { body: { identifiers: [{ kind: 'email', value: 'ana@example.com' }] } },
  planRollout: {
    body: {
      starts_on: '2026-03-02',
      workflows: [
        {
          name: 'Monthly newsletter',
          kind: 'mailchimp.campaign.send',
          category: 'email_campaign',
          origin: 'existing_workflow',
          runs_per_month: 4,
          people: 1200,
          list_size: 15_000,
          amount_minor: 300,
          sensitivity: 'low',
          risk: 'medium',
          undo: 'held',
          data_quality: 'good',
          new_ground: true,
          today: { success_rate: 0.9, minutes_per_run: 45 },
        },
      ],
    },
  },
  replaceCredentials: { body: { credentials: 'secret-us2' } },
}

type Expected = {
  readonly status: number
  readonly refusal: Refusal
  readonly detail: string
  readonly retryAfter?: string
}

/** Every refusal of the gate, and what it has to be over HTTP. */
export const REFUSED: { readonly [K in Refusal['kind']]: Expected } = {
  malformed: {
    status: 400,
    refusal: { kind: 'malformed', problems: [{ path: 'input.campaign_id', says: 'is required.' }] },
    detail: 'input.campaign_id: is required.',
  },
  unknown_kind: {
    status: 400,
    refusal: { kind: 'unknown_kind', action: 'mailchimp.dance', known: ['mailchimp.campaign.send'] },
    detail: 'There is no action kind "mailchimp.dance".',
  },
  unknown_connection: {
    status: 400,
    refusal: { kind: 'unknown_connection', platform: 'mailchimp' },
    detail: 'No connection of mailchimp fits: there is none, or there are several and none was named.',
  },
  labels_loosen: {
    status: 400,
    refusal: { kind: 'labels_loosen', label: 'category', says: 'The gate derived email_campaign.' },
    detail: 'The gate derived email_campaign.',
  },
  not_permitted: {
    status: 403,
    refusal: { kind: 'not_permitted', why: 'An admin may do this.' },
    detail: 'An admin may do this.',
  },
  stopped: {
    status: 403,
    refusal: { kind: 'stopped', what: 'Mailchimp', by: 'The owner', at: AT, reason: 'A wrong list' },
    detail: 'The owner stopped Mailchimp on 2026-03-02 at 09:00 UTC. Reason: A wrong list',
  },
  not_found: {
    status: 404,
    refusal: { kind: 'not_found', what: 'the action' },
    detail: 'The gate does not know the action.',
  },
  idempotency_conflict: {
    status: 409,
    refusal: { kind: 'idempotency_conflict' },
    detail: 'This Idempotency-Key was already used with another body.',
  },
  rate_limited: {
    status: 429,
    refusal: { kind: 'rate_limited', retryAfterMs: 1500 },
    detail: 'Too many requests with this key.',
    retryAfter: '2',
  },
  already_decided: {
    status: 409,
    refusal: { kind: 'already_decided', state: 'rejected', by: 'The owner', at: AT },
    detail: 'It was already decided by The owner at 2026-03-02T09:00:00.000Z; it is rejected now.',
  },
  not_now: {
    status: 409,
    refusal: { kind: 'not_now', state: 'executing', why: 'It is on its way.' },
    detail: 'It is on its way.',
  },
  stale_hash: {
    status: 409,
    refusal: { kind: 'stale_hash', current: HASH },
    detail: 'The payload_hash is not that of the action as it is now. Read it again before deciding.',
  },
  stricter_now: {
    status: 409,
    refusal: { kind: 'stricter_now', reasons: [{ rule: 'amount', outcome: 'block', text: 'Over the cap.' }] },
    detail: 'Over the cap.',
  },
  not_earned: {
    status: 409,
    refusal: { kind: 'not_earned', missing: ['The score is 55; 60 is needed.', 'Three more clean decisions.'] },
    detail: 'The score is 55; 60 is needed. Three more clean decisions.',
  },
  already_answered: {
    status: 409,
    refusal: { kind: 'already_answered', by: 'The owner', at: AT },
    detail: 'It was answered already by The owner.',
  },
  platform_changed: {
    status: 409,
    refusal: { kind: 'platform_changed', differences: [{ label: 'Headline', was: 'A', is: 'B' }] },
    detail: 'Changed on the platform since: Headline.',
  },
  platform_failed: {
    status: 502,
    refusal: { kind: 'platform_failed', says: 'Mailchimp refused the campaign.' },
    detail: 'Mailchimp refused the campaign.',
  },
  expired: {
    status: 410,
    refusal: { kind: 'expired', at: AT },
    detail: 'It expired at 2026-03-02T09:00:00.000Z.',
  },
  window_closed: {
    status: 410,
    refusal: { kind: 'window_closed', at: LATER, why: 'The undo window is over.' },
    detail: 'The undo window is over.',
  },
  check_failed: {
    status: 503,
    refusal: { kind: 'check_failed', check: 'audience' },
    detail: 'A check could not run, so nothing was stored: audience.',
    retryAfter: '5',
  },
}
