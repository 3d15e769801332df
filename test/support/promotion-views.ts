import type { NoticeId, PromotionId } from '../../core/domain/ids.ts'
import type { GrantView, NoticeView, PromotionView } from '../../core/gate/promotion-views.ts'
import type { StandingConsentView } from '../../core/gate/standing-consent.ts'
import { AGENT, AT, idOf, LATER } from './views.ts'

export const PROMOTION: PromotionId = idOf('prm', 'prm_1')
export const NOTICE: NoticeId = idOf('ntc', 'ntc_1')

export const grantView = (given: Partial<GrantView> = {}): GrantView => ({
  scope: 'crm_update.small',
  scenario: 'hubspot.contact.update',
  agentId: AGENT,
  level: 4,
  inForce: 3,
  by: 'The owner',
  at: AT,
  until: LATER,
  reclaimed: null,
  observed: null,
  ...given,
})

export const promotionView = (given: Partial<PromotionView> = {}): PromotionView => ({
  id: PROMOTION,
  state: 'open',
  version: 1,
  scope: 'crm_update.small',
  scenario: 'hubspot.contact.update',
  agent: { id: AGENT, name: 'Newsletter writer' },
  to: 3,
  title: 'CRM updates, small: let Newsletter writer act and tell you?',
  says: 'Newsletter writer may then act and tell you, with a day to undo.',
  dossier: {
    gates: [
      { name: 'score', status: 'held', has: 79.25, needs: 60, says: 'The score is 79; 60 is needed.' },
      { name: 'evidence', status: 'missing', has: 12.5, needs: 20, says: 'The evidence is 12; 20 is needed.' },
      { name: 'consent', status: 'not_applicable_yet', has: null, needs: 1, says: 'A person has to consent.' },
    ],
    accuracy: { correct: 39, judged: 41, share: 39 / 41, lcb: 0.875 },
    alone: { decisions: 44, same: 38, unchanged: 4, wrong: 1, unjudged: 1 },
    worst: [
      { actionId: 'act_1', title: 'Update Ada’s phone', at: '2026-03-02T09:00:00.000Z', says: 'rejected (minor)' },
    ],
    exposure: { actions: 44, people: 1200, amountMinor: 125_000, mostPeople: 90, mostMinor: 4_500 },
    unjudged: 1 / 44,
  },
  openedAt: AT,
  until: LATER,
  endedAt: null,
  by: null,
  reason: null,
  ...given,
})

export const noticeView = (given: Partial<NoticeView> = {}): NoticeView => ({
  id: NOTICE,
  kind: 'lapse_soon',
  version: 1,
  body: {
    title: 'CRM updates, small: runs out soon',
    lines: ['It runs out on 1 April.', 'Renew it, or it costs one level.'],
    key: { scope: 'crm_update.small', scenario: 'hubspot.contact.update', agentId: AGENT },
  },
  at: AT,
  answeredAt: null,
  by: null,
  answer: null,
  ...given,
})

export const consentView = (given: Partial<StandingConsentView> = {}): StandingConsentView => ({
  category: 'crm_update',
  upTo: 4,
  by: 'The owner',
  at: AT,
  withdrawnAt: null,
  withdrawnWhy: null,
  ...given,
})
