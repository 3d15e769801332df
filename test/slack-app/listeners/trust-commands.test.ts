import { describe, expect, it, test } from 'vitest'
import { err, ok } from '../../../core/domain/result.ts'
import type { Gate } from '../../../core/gate/gate.ts'
import { longestName } from '../../../slack-app/listeners/commands/longest-name.ts'
import { whichCategory } from '../../../slack-app/listeners/commands/which-category.ts'
import { callsOf } from '../fake-gate.ts'
import { harness, wordsOf } from '../harness.ts'
import { trustGate } from '../trust-gate.ts'
import { details, grant, promotion, trust } from '../trust-sample.ts'

async function answer(verbs: Partial<Gate>, text: string, user = 'U0APPROVER') {
  const h = harness({ ...trustGate({ grants: [grant()] }).verbs, ...verbs })
  await h.sandbox.interact.command({ user, channel: 'C0MARKETING', text })
  await h.settled()
  const reply = h.sandbox.world.visible('C0MARKETING', user).at(-1)
  expect(reply?.onlyFor).toBe(user)
  return { h, words: wordsOf(reply) }
}
const reads: Partial<Gate> = {
  listTrust: () => Promise.resolve(ok([trust(), trust({ scope: 'booking.small', says: 'Bookings: 12 of 100.' })])),
  explainTrust: () => Promise.resolve(ok(details())),
  listPromotions: () => Promise.resolve(ok([promotion()])),
}

describe('trust', () => {
  it('shows every scope, for a viewer too', async () => {
    const { h, words } = await answer(reads, '/tenure trust', 'U0VIEWER')
    expect(words).toContain('CRM updates, small: 52 of 100')
    expect(words).toContain('Bookings: 12 of 100.')
    expect(words).toContain('Waits for your answer')
    expect(callsOf(h.calls, 'explainTrust')).toEqual([])
    expect(callsOf(h.calls, 'listPromotions')[0]?.[1]).toBe('open')
  })

  test.each(['CRM updates', 'crm_update', 'crm_update.small', 'crm updates small', 'CRM updates, small'])(
    'shows “%s” with what is next',
    async (what) => {
      const { h, words } = await answer(reads, `/tenure trust ${what}`)
      expect(words).toContain('9 more clean approvals reach 60.')
      expect(words).not.toContain('Bookings')
      expect(callsOf(h.calls, 'explainTrust').map(([, scope]) => scope)).toEqual(['crm_update.small'])
    },
  )

  it('shows a scope without its details where those cannot be read', async () => {
    const explainTrust = () => Promise.resolve(err({ kind: 'not_found' as const, what: 'scope' }))
    const { words } = await answer({ ...reads, explainTrust }, '/tenure trust crm_update')
    expect(words).toContain('*Next*  From 60 points')
  })

  it('never guesses', async () => {
    const { h, words } = await answer(reads, '/tenure trust newsletters')
    expect(words).toContain('I do not know “newsletters”')
    expect(callsOf(h.calls, 'listTrust')).toEqual([])
  })

  test.each(['listTrust', 'listGrants', 'listPromotions'] as const)('says when %s is refused', async (verb) => {
    const refused = () => Promise.resolve(err({ kind: 'check_failed' as const, check: verb }))
    expect((await answer({ ...reads, [verb]: refused }, '/tenure trust')).words).toContain(`(${verb})`)
  })
})

describe('reclaim', () => {
  test.each([
    ['crm updates', { what: 'crm_update' }, null],
    ['CRM_update because the season is over', { what: 'crm_update' }, 'the season is over'],
    ['crm_update.small: too much', { what: 'crm_update.small' }, 'too much'],
  ])('takes “%s” back at once', async (text, which, reason) => {
    const { h, words } = await answer({}, `/tenure reclaim ${text}`)
    expect(callsOf(h.calls, 'reclaimLevel').map((args) => args.slice(1))).toEqual([[which, reason]])
    expect(words).toContain('Taken back. From now on this asks you every time:')
    expect(words).toContain('Copywriter, hubspot.contact.update (CRM updates, small, so far: acts and tells you).')
    expect(words).toContain('`/tenure hand-back crm_update`')
  })

  test.each(['', 'everything', 'crm'])('never guesses (“%s”)', async (text) => {
    const { h, words } = await answer({}, `/tenure reclaim ${text}`)
    expect(callsOf(h.calls, 'reclaimLevel')).toEqual([])
    expect(words).toContain('You can say: `blog posts`')
  })

  it('is refused in private', async () => {
    const { h, words } = await answer({}, '/tenure reclaim crm_update', 'U0VIEWER')
    expect(words).toContain('Only approvers can take a level back.')
    expect(h.seen('U0OWNER')).toEqual([])
  })

  it('says when nothing runs by itself there', async () => {
    const { words } = await answer(trustGate({}).verbs, '/tenure reclaim bookings')
    expect(words).toBe('Nothing runs by itself in bookings: everything asks you already.')
  })
})

describe('hand-back', () => {
  it('lets it run again, and says how to take it back', async () => {
    const { h, words } = await answer(
      { handBack: () => Promise.resolve(ok([grant(), grant({ level: 4, inForce: 3 })])) },
      '/tenure hand-back crm updates after the season',
    )
    expect(callsOf(h.calls, 'handBack').map((args) => args.slice(1))).toEqual([
      [{ what: 'crm_update' }, 'after the season'],
    ])
    expect(words).toContain('it acts and tells you.')
    expect(words).toContain('it acts and reports once a week; for now it acts and tells you.')
    expect(words).toContain('/tenure reclaim')
  })

  test.each([
    [{ kind: 'not_permitted', why: 'Only admins can' } as const, 'Only admins can.'],
    [{ kind: 'not_earned', missing: ['It has to be earned again.'] } as const, 'Not yet: It has to be earned again.'],
    [
      { kind: 'not_found', what: 'anything' } as const,
      'Nothing was taken back in CRM updates that could be handed back.',
    ],
  ])('is refused in private: $kind', async (refusal, says) => {
    const { words } = await answer({ handBack: () => Promise.resolve(err(refusal)) }, '/tenure hand-back crm_update')
    expect(words).toContain(says)
  })

  it('never guesses', async () => {
    const { h, words } = await answer({}, '/tenure hand-back')
    expect(words).toContain('Which category?')
    expect(callsOf(h.calls, 'handBack')).toEqual([])
  })
})

test.each(['trust', 'reclaim crm_update', 'hand-back crm_update'])(
  '%s does nothing for whoever is not linked',
  async (text) => {
    const { h, words } = await answer({}, `/tenure ${text}`, 'U0VISITOR')
    expect(words).toContain('/tenure link CODE')
    expect(['listTrust', 'reclaimLevel', 'handBack'].flatMap((verb) => callsOf(h.calls, verb))).toEqual([])
  },
)

it('the help names them', async () => {
  const { words } = await answer({}, '/tenure help')
  for (const say of ['`/tenure trust`', '`/tenure reclaim CATEGORY`', '`/tenure hand-back CATEGORY`'])
    expect(words).toContain(say)
})

test.each([
  ['crm_update.smallish', null],
  ['crm_updates', null],
  [' Email Campaigns:  why', { what: 'email_campaign', reason: 'why' }],
  ['email campaigns, medium why', { what: 'email_campaign.medium', reason: 'why' }],
])('which category: %j', (text, expected) => expect(whichCategory(text)).toEqual(expected))

it('takes the longest name', () => {
  const names = [
    { name: 'Ad', means: 1 },
    { name: 'ad budgets', means: 2 },
  ]
  expect(longestName('AD budgets too high', names)).toEqual({ means: 2, reason: 'too high' })
  expect(longestName('ad hoc', names)).toEqual({ means: 1, reason: 'hoc' })
  expect(longestName('advice', names)).toBeNull()
})
