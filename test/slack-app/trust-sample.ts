import type { NoticeId, PromotionId } from '../../core/domain/ids.ts'
import type { GrantView, NoticeView, PromotionView } from '../../core/gate/promotion-views.ts'
import type { TrustCellView, TrustDetailsView, TrustGateView, TrustView } from '../../core/gate/trust-views.ts'
import { agentId, id, later, NOW } from './sample.ts'

const DAY = 24 * 60
export const promotionId: PromotionId = id('prm', 'crm')
export const noticeId: NoticeId = id('ntc', 'crm')
export const SCOPE = 'crm_update.small'
export const SCENARIO = 'hubspot.contact.update'
export const AGENTS = new Map<string, string>([[agentId, 'Copywriter']])
export const key = { scope: SCOPE, scenario: SCENARIO, agentId }

export const gate = (
  name: string,
  status: TrustGateView['status'],
  says: string,
  more: Partial<TrustGateView> = {},
): TrustGateView => ({ name, status, has: null, needs: 1, says, ...more })

/** CRM updates that have earned to act and tell. */
export const promotion = (more: Partial<PromotionView> = {}): PromotionView => ({
  id: promotionId,
  state: 'open',
  version: 1,
  scope: SCOPE,
  scenario: SCENARIO,
  agent: { id: agentId, name: 'Copywriter' },
  to: 3,
  title: 'CRM updates, small: let Copywriter act and tell you?',
  says: 'Copywriter may then act and tell you, with a day to undo, for hubspot.contact.update in CRM updates, small.',
  dossier: {
    gates: [
      gate('score', 'held', 'The score is 71; 60 is needed.'),
      gate('cycles', 'held', 'Judged by a person in this category: 50; 30 are needed.'),
      gate('kpi', 'not_applicable_yet', 'Nothing was compared with a control group yet.'),
      gate('escalation_rate', 'not_applicable_yet', 'There was no sensitive action yet.'),
      gate('consent', 'missing', 'A person has to agree.'),
    ],
    accuracy: { correct: 47, judged: 50, share: 0.94, lcb: 0.876 },
    alone: { decisions: 50, same: 47, unchanged: 2, wrong: 1, unjudged: 0 },
    worst: [
      {
        actionId: 'act_bad',
        title: 'a contact moves to “customer”',
        at: later(-DAY).toISOString(),
        says: 'rejected (major)',
      },
      {
        actionId: 'act_edit',
        title: 'a note for “Autumn”',
        at: later(-9 * DAY).toISOString(),
        says: '40 % of it was changed',
      },
    ],
    exposure: { actions: 40, people: 1_240, amountMinor: 3_050, mostPeople: 90, mostMinor: 400 },
    unjudged: 0,
  },
  openedAt: later(-60),
  until: new Date('2027-01-01T00:00:00Z'),
  endedAt: null,
  by: null,
  reason: null,
  ...more,
})

export const notice = (kind: NoticeView['kind'], more: Partial<NoticeView> = {}): NoticeView => ({
  id: noticeId,
  kind,
  version: 1,
  body: { title: 'CRM updates, small: something happened', lines: ['It was so.', 'It can be otherwise.'], key },
  at: NOW,
  answeredAt: null,
  by: null,
  answer: null,
  ...more,
})

export const grant = (more: Partial<GrantView> = {}): GrantView => ({
  ...key,
  level: 3,
  inForce: 3,
  by: 'Owner',
  at: later(-DAY),
  until: new Date('2027-01-01T00:00:00Z'),
  reclaimed: null,
  observed: null,
  ...more,
})

export const reclaimed = (more: Partial<GrantView> = {}): GrantView =>
  grant({ level: 2, inForce: 2, by: 'Approver', at: NOW, until: null, reclaimed: 3, ...more })

export const trust = (more: Partial<TrustView> = {}): TrustView => ({
  scope: SCOPE,
  score: 52,
  tier: 'review',
  stale: false,
  decisions: 50,
  rejections: 1,
  lastDay: '2026-11-23',
  lock: null,
  says: 'CRM updates, small: 52 of 100, everything is asked about.',
  ...more,
})

export const cell = (more: Partial<TrustCellView> = {}): TrustCellView => ({
  scenario: SCENARIO,
  agentId,
  agentVersion: 'v1',
  epoch: 0,
  level: 2,
  inForce: more.level ?? 2,
  decisions: 50,
  cycles: 50,
  correct: 47,
  correctActions: 0,
  competence: 0.8,
  evidence: [],
  lastAt: later(-DAY),
  next: {
    level: 3,
    gates: [
      gate('score', 'missing', 'The score is 52; 60 is needed.'),
      gate('cycles', 'held', 'Judged by a person in this category: 50; 30 are needed.'),
      gate('consent', 'missing', 'A person has to agree.'),
    ],
  },
  ...more,
})

export const details = (more: Partial<TrustDetailsView> = {}): TrustDetailsView => ({
  ...trust(),
  exactScore: 52.4,
  headStart: null,
  penalty: { points: 0, cyclesLeft: 0 },
  contributions: [],
  counterfactuals: [
    { target: 60, approvals: 9, says: '9 more clean approvals reach 60.' },
    { target: 85, approvals: null, says: 'Approvals alone do not reach 85.' },
  ],
  cells: [cell()],
  influential: [],
  history: [],
  reviewers: [],
  ...more,
})
