import { post, testRoutes } from '../../support/route-rows.ts'
import { MEMBER } from '../../support/views.ts'

const AN_OWNER = {
  id: 'mem_1',
  name: 'The owner',
  email: 'owner@example.com',
  role: 'owner',
  slack_user_id: null,
  limits: null,
  disabled_at: null,
}

testRoutes([
  { path: '/v1/members', status: 200, asks: ['listMembers'], answers: { items: [AN_OWNER] } },
  {
    path: '/v1/members',
    sent: post('addMember'),
    status: 201,
    asks: [
      'addMember',
      { name: 'An approver', email: 'approver@example.com', role: 'approver', slackUserId: 'U0123ABCD' },
    ],
    answers: {
      member: { ...AN_OWNER, name: 'An approver', email: 'approver@example.com', role: 'approver' },
      token: 'member-token',
    },
  },
  {
    path: '/v1/members/mem_1/token',
    sent: { method: 'POST' },
    status: 201,
    asks: ['issueToken', MEMBER],
    answers: { member: AN_OWNER, token: 'newer-token' },
  },
  {
    path: '/v1/members/mem_1/link-codes',
    sent: { method: 'POST' },
    status: 201,
    asks: ['createLinkCode', MEMBER],
    answers: { code: 'LINK-42', expires_at: '2026-03-03T09:00:00.000Z' },
  },
  {
    path: '/v1/members/mem_1',
    sent: { method: 'PATCH', body: { limits: { channels: ['crm'], amount_minor: 100 }, disabled: true } },
    status: 200,
    asks: ['changeMember', MEMBER, { limits: { channels: ['crm'], amountMinor: 100 }, disabled: true }],
    answers: AN_OWNER,
  },
  {
    path: '/v1/members/mem_1',
    sent: { method: 'PATCH', body: { limits: null } },
    status: 200,
    asks: ['changeMember', MEMBER, { limits: null }],
    answers: AN_OWNER,
  },
])
