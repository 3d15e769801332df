import type { RolloutComparisonView, RolloutPlanView } from '../../core/gate/rollout-views.ts'
import type { TrustDetailsView, TrustView } from '../../core/gate/trust-views.ts'
import { AT, LATER } from './views.ts'

export const trustView: TrustView = {
  scope: 'crm_update.small',
  score: 79,
  tier: 'notify',
  stale: false,
  decisions: 21,
  rejections: 1,
  lastDay: '2026-03-02',
  lock: { cause: 'critical_finding', decisionsUntilOthers: 3 },
  says: 'CRM updates, small: 79 of 100, under full review.',
}

export const trustDetails: TrustDetailsView = {
  ...trustView,
  influential: [{ actionId: 'act_1', title: 'Change a phone number', at: AT, says: 'rejected (major)', points: -2.5 }],
  history: [{ actionId: 'act_1', title: 'Change a phone number', at: AT, says: 'rejected (major)' }],
  reviewers: [
    {
      memberId: 'mem_1',
      name: 'The owner',
      approvals: 21,
      tooFast: 2,
      isTheatre: false,
      waitedHours: 1.5,
      batchItemSeconds: null,
      says: 'The owner takes the time that reading takes, as far as it can be seen.',
    },
  ],
  exactScore: 79.25,
  headStart: { from: 'audience', score: 59 },
  penalty: { points: 4.5, cyclesLeft: 9 },
  contributions: [{ signal: 'approval', points: 37.5, most: 40, says: 'How surely what it proposes is approved' }],
  counterfactuals: [
    { target: 60, approvals: 0, says: '60 is reached.' },
    { target: 85, approvals: 8, says: '8 more clean approvals reach 85.' },
  ],
  cells: [
    {
      scenario: 'general',
      agentId: 'agt_1',
      agentVersion: 'c0ffee0123456789',
      epoch: 1,
      level: 2,
      inForce: 2,
      decisions: 21,
      cycles: 21,
      correct: 4,
      correctActions: 0,
      competence: 0.8,
      evidence: [{ level: 3, has: 12.5, needs: 20 }],
      lastAt: AT,
      next: {
        level: 3,
        gates: [{ name: 'score', status: 'held', has: 79, needs: 60, says: 'The score is 79; 60 is needed.' }],
      },
    },
  ],
}

export const rolloutPlan: RolloutPlanView = {
  startsOn: '2026-03-02',
  workflows: [
    {
      name: 'Monthly newsletter',
      scope: 'email_campaign.medium',
      startAt: 1,
      aimAt: 3,
      ceiling: 3,
      why: 'Level 3 (act and notify): medium risk, good data, 4 runs a month, routine.',
      blocks: [{ by: 'data', level: 3, says: 'More needs results that can be traced to what was done.' }],
      benchmarks: [
        { measure: 'success_rate', is: 'at_least', unit: 'share', value: 0.9, says: 'As often as today.' },
        { measure: 'open_rate', is: 'at_least', unit: 'share', value: null, says: 'Measure it first.' },
        { measure: 'review_minutes_per_run', is: 'at_most', unit: 'minutes', value: 45, says: 'No more than today.' },
      ],
      progress: { level: 2, cycles: 12, needs: 30, decisions: 13, rejections: 1, fullReviewFor: 4 },
      thirtiethOn: '2026-07-20',
      firstGrant: { on: '2026-07-20', phase: null },
    },
  ],
  phases: [
    { phase: 1, fromDay: 1, toDay: 14, from: '2026-03-02', to: '2026-03-15', todo: ['Set the benchmarks.'] },
    { phase: 2, fromDay: 15, toDay: 30, from: '2026-03-16', to: '2026-03-31', todo: [] },
  ],
  later: ['2026-07-20: grant email_campaign.medium level 3.'],
  next: [{ what: 'raise', scope: 'crm_update.small', to: 4, says: 'crm_update.small held.' }],
}

export const rolloutComparison: RolloutComparisonView = {
  scope: 'crm_update.small',
  level: 3,
  since: AT,
  dueAt: LATER,
  isDue: false,
  baseline: { runs: 40, judged: 40, overridden: 3, timed: 20, reviewMinutes: 31.5 },
  autonomous: { runs: 50, judged: 0, overridden: 0, timed: 0, reviewMinutes: 0 },
  baselineShare: 0.075,
  autonomousShare: null,
  riseAtMost: null,
  verdict: 'too_few_to_say',
  rule: 'The rule.',
  says: 'CRM updates, small: too few to say.',
}
