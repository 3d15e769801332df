import { describe, expect, it, test } from 'vitest'
import { err } from '../../../core/domain/result.ts'
import { callsOf } from '../fake-gate.ts'
import { buttonsOf, harness, wordsOf } from '../harness.ts'
import { NOW, workspaceId } from '../sample.ts'
import { trustGate } from '../trust-gate.ts'
import { promotion, promotionId } from '../trust-sample.ts'

const draw = { queue: 'trust_card', workspaceId, subject: promotionId } as const

async function drawn(more: Parameters<typeof harness>[0] = {}) {
  const gate = trustGate({ promotion: promotion() })
  const h = harness({ ...gate.verbs, ...more })
  await h.app.runSideJob(draw)
  return { h, gate }
}

describe.each([
  ['promotion_grant', 'grant', 'Granted by *admin*'],
  ['promotion_decline', 'decline', 'Not yet, decided by *admin*'],
] as const)('%s', (button, decision, says) => {
  it('answers with one click, and locks the card with who and when', async () => {
    const { h } = await drawn()
    await h.press(button, { user: 'U0OWNER' })
    expect(callsOf(h.calls, 'decidePromotion').map((args) => args.slice(1))).toEqual([[promotionId, decision, null]])
    expect(wordsOf(h.seen()[0])).toContain(says)
    expect(buttonsOf(h.seen()[0])).toEqual(['promotion_dossier'])
    expect(h.seen('U0OWNER')).toHaveLength(1)
  })

  test.each(['U0APPROVER', 'U0VIEWER'])('is refused to %s in private, and the card stays', async (user) => {
    const { h } = await drawn()
    const [before] = h.seen()
    await h.press(button, { user })
    expect(h.seen()[0]).toBe(before)
    expect(h.seen(user).at(-1)?.onlyFor).toBe(user)
    expect(wordsOf(h.seen(user).at(-1))).toBe(
      'This one is not yours to decide: Only admins and owners decide this. The card stays as it is.',
    )
    expect(h.seen('U0OWNER')).toHaveLength(1)
  })

  it('does not count for whoever is not linked', async () => {
    const { h } = await drawn()
    await h.press(button, { user: 'U0VISITOR' })
    expect(callsOf(h.calls, 'decidePromotion')).toEqual([])
    expect(wordsOf(h.seen('U0VISITOR').at(-1))).toContain('/tenure link CODE')
  })
})

it('of two at the same time one answers, and the other is told who did', async () => {
  const { h, gate } = await drawn()
  const [card] = h.seen()
  if (card === undefined) throw new Error('no card')
  const press = (actionId: string) =>
    h.sandbox.interact.press({
      user: 'U0OWNER',
      channel: card.channel,
      ts: card.ts,
      blockId: `${promotionId}:1`,
      actionId,
    })
  await Promise.all([press('promotion_grant'), press('promotion_decline')])
  await h.settled()
  expect(callsOf(h.calls, 'decidePromotion')).toHaveLength(2)
  expect(gate.state.promotion?.version).toBe(2)
  const notes = h.seen('U0OWNER').filter((one) => one.onlyFor !== null)
  expect(notes.map(wordsOf)).toEqual([
    expect.stringMatching(/^This was already answered by admin, <!date.*The first answer stands\.$/),
  ])
})

describe('a card that is out of date', () => {
  it('says who answered, and is drawn afresh', async () => {
    const { h, gate } = await drawn()
    gate.state.promotion = promotion({ version: 2, state: 'declined', by: 'Owner', endedAt: NOW })
    await h.press('promotion_grant', { user: 'U0OWNER' })
    expect(wordsOf(h.seen('U0OWNER').at(-1))).toContain('already answered by Owner')
    expect(wordsOf(h.seen()[0])).toContain('Not yet, decided by *Owner*')
  })

  it('says that it was withdrawn', async () => {
    const { h, gate } = await drawn()
    gate.state.promotion = promotion({ version: 2, state: 'withdrawn', endedAt: NOW })
    await h.press('promotion_grant', { user: 'U0OWNER' })
    expect(wordsOf(h.seen('U0OWNER').at(-1))).toContain('withdrawn before you pressed')
    expect(wordsOf(h.seen()[0])).toContain('Withdrawn: ')
  })

  it('says what is missing now, where the evidence was lost since', async () => {
    const missing = ['The score is 41; 60 is needed.']
    const { h } = await drawn({ decidePromotion: () => Promise.resolve(err({ kind: 'not_earned', missing })) })
    await h.press('promotion_grant', { user: 'U0OWNER' })
    expect(wordsOf(h.seen('U0OWNER').at(-1))).toBe('Not yet: The score is 41; 60 is needed. Nothing was changed.')
    expect(buttonsOf(h.seen()[0])).toContain('promotion_grant')
  })
})

describe('all numbers', () => {
  it('go to the one who asked, whatever their role', async () => {
    const { h } = await drawn()
    await h.press('promotion_dossier', { user: 'U0VIEWER' })
    expect(h.seen('U0VIEWER').at(-1)?.onlyFor).toBe('U0VIEWER')
    expect(wordsOf(h.seen('U0VIEWER').at(-1))).toContain(':white_check_mark:  The score is 71; 60 is needed.')
  })

  it('are refused in private where they are gone', async () => {
    const { h, gate } = await drawn()
    gate.state.promotion = null
    await h.press('promotion_dossier', { user: 'U0VIEWER' })
    expect(wordsOf(h.seen('U0VIEWER').at(-1))).toBe('That is no longer here.')
  })
})

test.each(['act_newsletter:a1b2c3d4e5f60718:3', 'ntc_crm:1', 'prm_crm', 'prm_CRM:1'])(
  'a grant in a block that is no proposal of ours (%s) decides nothing',
  async (blockId) => {
    const { h } = await drawn()
    const forged = h.sandbox.world.add({
      channel: 'C0APPROVALS',
      user: null,
      text: 'x',
      blocks: [
        {
          type: 'actions',
          block_id: blockId,
          elements: [
            {
              type: 'button',
              action_id: 'promotion_grant',
              text: { type: 'plain_text', text: 'Grant' },
              value: promotionId,
            },
          ],
        },
      ],
      threadTs: null,
      broadcast: false,
      onlyFor: null,
    })
    await h.press('promotion_grant', { user: 'U0OWNER', message: forged })
    expect(callsOf(h.calls, 'decidePromotion')).toEqual([])
    expect(h.logged.join()).toContain('a press was not understood')
  },
)
