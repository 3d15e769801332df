import { post, testRoutes } from '../../support/route-rows.ts'

const BUDGET = {
  id: 'day:2026-03-02',
  name: 'the day’s budget',
  period: 'day',
  starts_at: '2026-03-02T09:00:00.000Z',
  ends_at: '2026-03-03T09:00:00.000Z',
  ask_above: null,
  cap: { minor: 50_000, currency: 'EUR' },
  reserved: { minor: 1250, currency: 'EUR' },
  committed: { minor: 0, currency: 'EUR' },
  spent: { minor: 0, currency: 'EUR' },
}

testRoutes([
  {
    path: '/v1/budgets',
    status: 200,
    asks: ['listBudgets'],
    answers: { items: [BUDGET] },
  },
  {
    path: '/v1/budgets/spend',
    sent: post('recordSpend'),
    status: 200,
    asks: ['recordSpend', [{ budget: 'day:2026-03-02', spentMinor: 1200 }]],
    answers: { items: [BUDGET] },
  },
])
