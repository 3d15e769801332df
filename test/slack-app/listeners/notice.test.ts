import { describe, expect, it, test } from 'vitest'
import { err, ok } from '../../../core/domain/result.ts'
import type { NoticeView } from '../../../core/gate/promotion-views.ts'
import { callsOf } from '../fake-gate.ts'
import { buttonsOf, harness, wordsOf } from '../harness.ts'
import { NOW, workspaceId } from '../sample.ts'
import { trustGate } from '../trust-gate.ts'
import { details, grant, key, notice, noticeId, trust } from '../trust-sample.ts'

const draw = { queue: 'trust_card', workspaceId, subject: noticeId } as const

async function drawn(told: NoticeView, more: Parameters<typeof harness>[0] = {}) {
  const gate = trustGate({ notice: told, grants: [grant()] })
  const h = harness({
    ...gate.verbs,
    listTrust: () => Promise.resolve(ok([trust(), trust({ scope: 'booking.small', says: 'Bookings: 12 of 100.' })])),
    explainTrust: () => Promise.resolve(ok(details())),
    listPromotions: () => Promise.resolve(ok([])),
    ...more,
  })
  await h.app.runSideJob(draw)
  return { h, gate }
}
const answers = (h: ReturnType<typeof harness>) => callsOf(h.calls, 'answerNotice').map((args) => args.slice(1))
const invitation = notice('invitation', {
  body: { title: 'Have a look?', lines: ['All went well.'], category: 'crm_update' },
})

it('renew: answers, and the card says who', async () => {
  const { h } = await drawn(notice('lapse_soon'))
  await h.press('grant_renew', { user: 'U0OWNER' })
  expect(answers(h)).toEqual([[noticeId, 'renew']])
  expect(wordsOf(h.seen()[0])).toContain('Renewed by *admin*')
  expect(buttonsOf(h.seen()[0])).toEqual([])
})

it('renew: says when there is nothing left to renew, and draws the card afresh', async () => {
  const missing = ['There is no grant here any more that could be renewed.']
  const { h, gate } = await drawn(notice('lapse_soon'), {
    answerNotice: () => Promise.resolve(err({ kind: 'not_earned', missing })),
  })
  gate.state.grants = []
  await h.press('grant_renew', { user: 'U0OWNER' })
  expect(wordsOf(h.seen('U0OWNER').at(-1))).toContain('There is no grant here any more')
  expect(buttonsOf(h.seen()[0])).toEqual([])
})

describe('an invitation', () => {
  it('show me: notes it, and shows the presser alone how trust stands in that category', async () => {
    const { h } = await drawn(invitation)
    await h.press('invitation_review')
    expect(answers(h)).toEqual([[noticeId, 'review']])
    expect(wordsOf(h.seen('U0VIEWER')[0])).toContain('Looked at by *approver*')
    const shown = h.seen().at(-1)
    expect(shown?.onlyFor).toBe('U0APPROVER')
    expect(wordsOf(shown)).toContain('How trust stands: CRM updates')
    expect(wordsOf(shown)).not.toContain('Bookings')
    expect(callsOf(h.calls, 'explainTrust').map(([, scope]) => scope)).toEqual(['crm_update.small'])
  })

  test.each([
    [{ title: 'Have a look?', lines: ['x'], key }, 'How trust stands: CRM updates'],
    [{ title: 'Have a look?', lines: ['x'] }, 'Bookings: 12 of 100.'],
  ])('show me: shows what it is about (%j)', async (body, says) => {
    const { h } = await drawn(notice('invitation', { body }))
    await h.press('invitation_review')
    expect(wordsOf(h.seen().at(-1))).toContain(says)
  })

  it('show me: says privately when trust cannot be read', async () => {
    const { h } = await drawn(invitation, {
      listTrust: () => Promise.resolve(err({ kind: 'check_failed', check: 'trust' })),
    })
    await h.press('invitation_review')
    expect(wordsOf(h.seen().at(-1))).toContain('A check could not run (trust)')
  })

  it('not now: notes it, and shows nothing', async () => {
    const { h } = await drawn(invitation)
    await h.press('invitation_dismiss')
    expect(answers(h)).toEqual([[noticeId, 'dismiss']])
    expect(wordsOf(h.seen()[0])).toContain('Not now, says *approver*')
    expect(h.seen()).toHaveLength(1)
  })

  it('of two at the same time one answers, and the other is told so', async () => {
    const { h } = await drawn(invitation)
    const [card] = h.seen()
    if (card === undefined) throw new Error('no card')
    const press = (actionId: string) =>
      h.sandbox.interact.press({
        user: 'U0OWNER',
        channel: card.channel,
        ts: card.ts,
        blockId: `${noticeId}:1`,
        actionId,
      })
    await Promise.all([press('invitation_dismiss'), press('invitation_dismiss')])
    await h.settled()
    const notes = h.seen('U0OWNER').filter((one) => one.onlyFor !== null)
    expect(notes.map(wordsOf)).toEqual([expect.stringContaining('already answered by admin')])
  })
})

describe('take it back', () => {
  it.each(['automatic_promotion', 'exceptions_digest'] as const)('acts at once on %s', async (kind) => {
    const { h } = await drawn(notice(kind))
    await h.press('level_reclaim')
    expect(callsOf(h.calls, 'reclaimLevel').map((args) => args.slice(1))).toEqual([
      [{ what: key.scope, scenario: key.scenario, agentId: key.agentId }, null],
    ])
    expect(wordsOf(h.seen('U0VIEWER')[0])).toContain('Taken back by *approver*')
    expect(buttonsOf(h.seen()[0])).toEqual([])
    expect(h.seen().at(-1)?.onlyFor).toBe('U0APPROVER')
    expect(wordsOf(h.seen().at(-1))).toContain('Copywriter, hubspot.contact.update (CRM updates, small, so far')
    expect(wordsOf(h.seen().at(-1))).toContain('`/tenure hand-back crm_update`')
  })

  it('tells a second presser that nothing runs by itself any more', async () => {
    const { h, gate } = await drawn(notice('automatic_promotion'))
    gate.state.grants = []
    await h.press('level_reclaim')
    expect(wordsOf(h.seen().at(-1))).toBe('Nothing runs by itself in CRM updates, small: everything asks you already.')
    expect(buttonsOf(h.seen()[0])).toEqual([])
  })

  it('says privately when the notice is gone', async () => {
    const { h, gate } = await drawn(notice('automatic_promotion'))
    gate.state.notice = null
    await h.press('level_reclaim')
    expect(callsOf(h.calls, 'reclaimLevel')).toEqual([])
    expect(wordsOf(h.seen().at(-1))).toBe('That is no longer here.')
  })
})

describe('whoever may not', () => {
  test.each([
    ['grant_renew', notice('lapse_soon'), 'U0APPROVER'],
    ['grant_renew', notice('lapse_soon'), 'U0VIEWER'],
    ['invitation_review', invitation, 'U0VIEWER'],
    ['invitation_dismiss', invitation, 'U0VIEWER'],
    ['level_reclaim', notice('automatic_promotion'), 'U0VIEWER'],
  ] as const)('%s is refused in private, and the card stays', async (button, told, user) => {
    const { h, gate } = await drawn(told)
    const [before] = h.seen()
    await h.press(button, { user })
    expect(h.seen()[0]).toBe(before)
    expect(h.seen(user)).toHaveLength(2)
    expect(h.seen(user).at(-1)?.onlyFor).toBe(user)
    expect(wordsOf(h.seen(user).at(-1))).toMatch(/^This one is not yours to decide: .*The card stays as it is\.$/)
    expect([gate.state.notice?.answeredAt, gate.state.grants]).toEqual([null, [grant()]])
  })

  test.each([
    ['grant_renew', notice('lapse_soon')],
    ['invitation_review', invitation],
    ['invitation_dismiss', invitation],
    ['level_reclaim', notice('automatic_promotion')],
  ] as const)('%s does not count for whoever is not linked', async (button, told) => {
    const { h } = await drawn(told)
    await h.press(button, { user: 'U0VISITOR' })
    expect(wordsOf(h.seen('U0VISITOR').at(-1))).toContain('/tenure link CODE')
    expect([...answers(h), ...callsOf(h.calls, 'reclaimLevel')]).toEqual([])
  })
})

test.each([
  ['grant_renew', notice('lapse_soon')],
  ['invitation_review', invitation],
  ['invitation_dismiss', invitation],
] as const)('%s on a card that is out of date says who answered, and draws it afresh', async (button, told) => {
  const { h, gate } = await drawn(told)
  gate.state.notice = { ...told, version: 2, answer: 'dismiss', by: 'Owner', answeredAt: NOW }
  await h.press(button, { user: 'U0OWNER' })
  expect(wordsOf(h.seen('U0OWNER').at(-1))).toContain('already answered by Owner')
  expect(wordsOf(h.seen()[0])).toContain('Not now, says *Owner*')
})
