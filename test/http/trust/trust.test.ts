import { testRoutes } from '../../support/route-rows.ts'

const TRUST = {
  scope: 'crm_update.small',
  score: 79,
  tier: 'notify',
  stale: false,
  decisions: 21,
  rejections: 1,
  last_day: '2026-03-02',
  lock: { cause: 'critical_finding', decisions_until_others: 3 },
  says: 'CRM updates, small: 79 of 100, under full review.',
}

const STEP = {
  action: 'act_1',
  title: 'Change a phone number',
  at: '2026-03-02T09:00:00.000Z',
  says: 'rejected (major)',
}

testRoutes([
  { path: '/v1/trust', status: 200, asks: ['listTrust'], answers: { items: [TRUST] } },
  {
    path: '/v1/trust/crm_update.small',
    status: 200,
    asks: ['explainTrust', 'crm_update.small'],
    answers: {
      ...TRUST,
      exact_score: 79.25,
      head_start: { from: 'audience', score: 59 },
      penalty: { points: 4.5, cycles_left: 9 },
      contributions: [{ signal: 'approval', points: 37.5, most: 40, says: 'How surely what it proposes is approved' }],
      counterfactuals: [
        { target: 60, approvals: 0, says: '60 is reached.' },
        { target: 85, approvals: 8, says: '8 more clean approvals reach 85.' },
      ],
      cells: [
        {
          scenario: 'general',
          agent_id: 'agt_1',
          agent_version: 'c0ffee0123456789',
          epoch: 1,
          level: 2,
          in_force: 2,
          decisions: 21,
          cycles: 21,
          correct: 4,
          correct_actions: 0,
          competence: 0.8,
          evidence: [{ level: 3, has: 12.5, needs: 20 }],
          last_at: '2026-03-02T09:00:00.000Z',
          next: {
            level: 3,
            gates: [{ name: 'score', status: 'held', has: 79, needs: 60, says: 'The score is 79; 60 is needed.' }],
          },
        },
      ],
      influential: [{ ...STEP, points: -2.5 }],
      history: [STEP],
      reviewers: [
        {
          member: 'mem_1',
          name: 'The owner',
          approvals: 21,
          too_fast: 2,
          theatre: false,
          waited_hours: 1.5,
          batch_item_seconds: null,
          says: 'The owner takes the time that reading takes, as far as it can be seen.',
        },
      ],
    },
  },
  {
    path: '/v1/trust/rebuild',
    sent: { method: 'POST' },
    status: 200,
    asks: ['rebuildTrust'],
    answers: { decisions: 12, cells: 2, corrected: 0 },
  },
])
