import { post, testRoutes } from '../../support/route-rows.ts'

const A_DELEGATION = {
  id: 'dlg_1',
  from: { id: 'mem_1', name: 'The owner' },
  to: { id: 'mem_2', name: 'An approver' },
  starts_at: '2026-03-02T09:00:00.000Z',
  ends_at: '2026-03-03T09:00:00.000Z',
  reason: 'A holiday',
  state: 'planned',
}

testRoutes([
  { path: '/v1/delegations', status: 200, asks: ['listDelegations'], answers: { items: [A_DELEGATION] } },
  {
    path: '/v1/delegations',
    sent: post('delegate'),
    status: 201,
    asks: [
      'delegate',
      {
        from: 'mem_1',
        to: 'mem_2',
        starts: '2026-03-05',
        ends: new Date('2026-03-09T10:00:00Z'),
        reason: 'A holiday',
      },
    ],
    answers: A_DELEGATION,
  },
  {
    path: '/v1/delegations/dlg_1',
    sent: { method: 'DELETE' },
    status: 200,
    asks: ['endDelegation', 'dlg_1'],
    answers: { ...A_DELEGATION, state: 'over' },
  },
])
