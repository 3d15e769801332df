import { copywriter } from '../trust-gate.ts'
import { describe, expect, it, test } from 'vitest'
import { err, ok } from '../../../core/domain/result.ts'
import type { Gate } from '../../../core/gate/gate.ts'
import type { SlackSandbox } from '../../../slack-app/sandbox.ts'
import { whatAndWhy } from '../../../slack-app/listeners/commands/stop.ts'
import { when } from '../../../slack-app/views/when.ts'
import { callsOf } from '../fake-gate.ts'
import { buttonsOf, harness, wordsOf } from '../harness.ts'
import {
  action,
  agentId,
  approver,
  connectionId,
  ctx,
  exception,
  executed,
  id,
  later,
  NOW,
  stop,
  switchId,
  workspaceId,
} from '../sample.ts'

const say = async (sandbox: SlackSandbox, text: string, user = 'U0APPROVER') => {
  await sandbox.interact.command({ user, channel: 'C0MARKETING', text })
}
async function answer(verbs: Partial<Gate>, text: string, user = 'U0APPROVER') {
  const h = harness(verbs)
  await say(h.sandbox, text, user)
  await h.settled()
  return { h, reply: h.sandbox.world.visible('C0MARKETING', user).at(-1) }
}

it('help, also for whoever is not linked', async () => {
  const { reply } = await answer({}, '/tenure help', 'U0VISITOR')
  expect(reply?.onlyFor).toBe('U0VISITOR')
  expect(wordsOf(reply)).toContain('`/tenure stop`')
})

it('an unknown word gets the help, not a guess', async () => {
  const { h, reply } = await answer({}, '/tenure constructor')
  expect(wordsOf(reply)).toContain('What you can say to me')
  expect(h.calls).toEqual([])
})

describe('queue', () => {
  it('lists what waits, the soonest first, and what needs a look', async () => {
    const soon = action({
      id: id('act', 'soon'),
      slotAt: new Date(NOW.getTime() + 3_600_000),
      preview: { ...action().preview, title: 'the soon one' },
    })
    const { h, reply } = await answer(
      {
        listActions: () => Promise.resolve(ok({ items: [action(), soon], nextCursor: null })),
        listExceptions: () => Promise.resolve(ok([exception()])),
      },
      '/tenure queue',
    )
    expect(callsOf(h.calls, 'listActions')[0]?.slice(1)).toEqual([{ state: 'awaiting_approval' }, { limit: 50 }])
    const words = wordsOf(reply)
    expect(words.indexOf('the soon one')).toBeLessThan(words.indexOf('Autumn check-ups'))
    expect(words).toContain('cannot be found')
    expect(buttonsOf(reply)).toEqual(['queue_open', 'queue_open'])
  })

  it('opens one of them with buttons that work', async () => {
    const { h, reply } = await answer(
      {
        listActions: () => Promise.resolve(ok({ items: [action()], nextCursor: null })),
        getAction: () => Promise.resolve(ok(action())),
        decideAction: () => Promise.resolve(ok(executed())),
      },
      '/tenure queue',
    )
    await h.press('queue_open', { ...(reply && { message: reply }) })
    const card = h.sandbox.world.visible('C0MARKETING', 'U0APPROVER').at(-1)
    expect(buttonsOf(card)).toContain('action_approve')
    await h.press('action_approve', { ...(card && { message: card }) })
    expect(wordsOf(h.sandbox.world.visible('C0MARKETING', 'U0APPROVER').at(-1))).toContain('Done: your newsletter')
  })

  it('says that nothing waits', async () => {
    const { reply } = await answer(
      { listActions: () => Promise.resolve(ok({ items: [], nextCursor: null })) },
      '/tenure queue',
    )
    expect(wordsOf(reply)).toContain('Nothing is waiting for a decision.')
  })
})

describe('stop', () => {
  const verbs: Partial<Gate> = {
    stop: () => Promise.resolve(ok({ switch: stop, executing: [action()], recalled: 0 })),
    listConnections: () =>
      Promise.resolve(
        ok([
          {
            id: connectionId,
            platform: 'mailchimp',
            name: 'Newsletter',
            state: 'live',
            sandbox: false,
            webhookKey: null,
          },
        ]),
      ),
    listAgents: () => Promise.resolve(ok([copywriter])),
  }
  test.each([
    ['', { kind: 'workspace' }, null],
    ['everything', { kind: 'workspace' }, null],
    ['Everything because the prices are wrong', { kind: 'workspace' }, 'the prices are wrong'],
    ['mailchimp: wrong price', { kind: 'platform', value: 'mailchimp' }, 'wrong price'],
    ['copywriter', { kind: 'agent', value: agentId }, null],
    ['social posts', { kind: 'category', value: 'social_post' }, null],
    ['social_post now', { kind: 'category', value: 'social_post' }, 'now'],
    ['mailchimp.campaign.send', { kind: 'kind', value: 'mailchimp.campaign.send' }, null],
    ['channel email bounces', { kind: 'channel', value: 'email' }, 'bounces'],
    ['topic recall-x', { kind: 'topic', value: 'recall-x' }, null],
    ['topic recall-x a faulty batch', { kind: 'topic', value: 'recall-x' }, 'a faulty batch'],
    ['Topic “spring offer” because of the price', { kind: 'topic', value: 'spring offer' }, 'of the price'],
  ])('“%s”', async (text, target, reason) => {
    const { h } = await answer(verbs, `/tenure stop ${text}`)
    expect(callsOf(h.calls, 'stop').map((args) => args.slice(1))).toEqual([[target, reason]])
    expect(wordsOf(h.seen('U0VIEWER').at(-1))).toContain('*Approver* stopped everything. “wrong price”')
    expect(wordsOf(h.seen('U0VIEWER').at(-1))).toContain('•  your newsletter')
  })

  it('never guesses', async () => {
    const { h, reply } = await answer(verbs, '/tenure stop mailchimpish')
    expect(callsOf(h.calls, 'stop')).toEqual([])
    expect(wordsOf(reply)).toContain('so nothing was stopped. You can say: `everything`  `mailchimp`  `Copywriter`')
  })

  it('takes the longest name', () => {
    const choices = [
      { says: 'ad', target: { kind: 'agent', value: 'agt_ad' } },
      { says: 'ad budgets', target: { kind: 'category', value: 'ad_budget' } },
    ] as const
    expect(whatAndWhy('ad budgets too high', choices)).toEqual({
      target: { kind: 'category', value: 'ad_budget' },
      reason: 'too high',
    })
    expect(whatAndWhy('ad hoc', choices)).toEqual({ target: { kind: 'agent', value: 'agt_ad' }, reason: 'hoc' })
  })
})

describe('resume', () => {
  const verbs: Partial<Gate> = {
    listSwitches: () => Promise.resolve(ok([stop])),
    resume: () => Promise.resolve(ok([stop])),
  }
  test.each([
    ['', 'every', 'all'],
    ['everything', switchId, 'all'],
    ['review', 'every', 'review'],
    ['everything review', switchId, 'review'],
  ])('“%s”', async (text, which, stage) => {
    const { h } = await answer(verbs, `/tenure resume ${text}`)
    expect(callsOf(h.calls, 'resume').map((args) => args.slice(1))).toEqual([[which, null, { stage }]])
    expect(wordsOf(h.seen('U0VIEWER').at(-1))).toContain('*Approver* resumed everything.')
  })

  it('is refused in private', async () => {
    const { h, reply } = await answer(
      { ...verbs, resume: () => Promise.resolve(err({ kind: 'not_permitted', why: 'resuming takes an admin' })) },
      '/tenure resume',
    )
    expect(wordsOf(reply)).toContain('resuming takes an admin.')
    expect(h.seen('U0VIEWER')).toEqual([])
  })

  it('says when nothing is stopped', async () => {
    const { reply } = await answer({ listSwitches: () => Promise.resolve(ok([])) }, '/tenure resume')
    expect(wordsOf(reply)).toBe('Nothing is stopped at the moment.')
  })
})

it('undo lists what can be undone, each with its button', async () => {
  const { reply } = await answer(
    {
      listActions: (_actor, filter) =>
        Promise.resolve(
          ok({
            items: filter.state === 'executed' ? [executed(), executed({ undo: { class: 'none', until: null } })] : [],
            nextCursor: null,
          }),
        ),
    },
    '/tenure undo',
  )
  expect(buttonsOf(reply)).toEqual(['action_undo'])
})

describe('token', () => {
  it('is given to the caller alone', async () => {
    const { h, reply } = await answer(
      { takeOwnToken: () => Promise.resolve(ok({ token: 'tnr_member_x' })) },
      '/tenure token',
    )
    expect(callsOf(h.calls, 'takeOwnToken')).toMatchObject([[{ name: 'Approver', via: 'slack' }]])
    expect(reply?.onlyFor).toBe('U0APPROVER')
    expect(wordsOf(reply)).toContain('shown only now: `tnr_member_x`')
  })

  it('is nobody’s who is not linked', async () => {
    const { h } = await answer({}, '/tenure token', 'U0VISITOR')
    expect(callsOf(h.calls, 'takeOwnToken')).toEqual([])
  })
})

it('undo lists what is held here until it goes out', async () => {
  const planned = action({ state: 'scheduled', slotAt: later(50) })
  const itsTurn = action({ state: 'scheduled', slotAt: null })
  const { reply } = await answer(
    {
      listActions: (_actor, filter) =>
        Promise.resolve(ok({ items: filter.state === 'scheduled' ? [planned, itsTurn] : [], nextCursor: null })),
    },
    '/tenure undo',
  )
  expect(wordsOf(reply)).toContain(`Goes out ${when(later(50), ctx)}`)
  expect(buttonsOf(reply)).toEqual(['action_undo'])
})

describe('link', () => {
  it('makes presses count', async () => {
    const { h, reply } = await answer(
      { linkSlackUser: () => Promise.resolve(ok(approver)) },
      '/tenure link 7F3K',
      'U0VISITOR',
    )
    expect(callsOf(h.calls, 'linkSlackUser')).toEqual([[workspaceId, 'U0VISITOR', '7F3K']])
    expect(wordsOf(reply)).toContain('You are linked as *Approver*.')
  })

  it('says when the code is not known', async () => {
    const { reply } = await answer(
      { linkSlackUser: () => Promise.resolve(err({ kind: 'not_found', what: 'code' })) },
      '/tenure link 0000',
      'U0VISITOR',
    )
    expect(wordsOf(reply)).toBe('That is no longer here.')
  })
})
