import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { createKinds } from '../../connectors/registry.ts'
import { STARTING_POLICY } from '../../core/entry/starting-policy.ts'
import { type Wall, WALLS, type WallState } from '../../core/domain/trust/walls-gate.ts'
import { PolicySchema } from '../../core/rules/policy.ts'
import type { Walled } from '../../core/rules/wall-sections.ts'
import { wallsAt } from '../../core/rules/walls.ts'

const AT: Walled = {
  category: 'email_campaign',
  channel: 'email',
  segment: null,
  regions: null,
  agentId: 'agt_1',
  kindId: 'mailchimp.campaign.send',
  hasCampaigns: true,
  preparing: false,
}
const CRM: Partial<Walled> = { category: 'crm_update', channel: 'crm', kindId: 'hubspot.note.create' }
const words = { blocked_words: ['guaranteed'] }
const topics = { topics: [{ name: 'politics' }] }
const email = { channel: 'email' }
const VIP = { segment: 'VIP' }

type Case = readonly [string, object, WallState, Partial<Walled>?]

const CASES: Readonly<Record<Wall, readonly Case[]>> = {
  budget: [
    ['a cap', { budget: { day: { cap: 1 } } }, 'enforced'],
    ['a limit to ask above', { budget: { month: { ask_above: 1 } } }, 'enforced'],
    ['one of each agent', { budget: { each_agent: { week: { cap: 1 } } } }, 'enforced'],
    ['one of each channel', { budget: { each_channel: { day: { cap: 1 } } } }, 'enforced'],
    ['an empty section', { budget: {} }, 'missing'],
    ['empty parts', { budget: { each_agent: {}, change_percent: {} } }, 'missing'],
    ['how far one change may go', { budget: { change_percent: { cap: 10 } } }, 'missing'],
    ['one of campaigns', { budget: { campaign: { cap: 1 } } }, 'enforced'],
    [
      'one of campaigns, where there are none',
      { budget: { campaign: { cap: 1 } } },
      'missing',
      { hasCampaigns: false },
    ],
    ['a cap on one action', { amount: { cap: 1 } }, 'missing'],
    ['one that only warns', { budget: { day: { cap: 1 } }, warn_only: ['budget'] }, 'warn_only'],
    ['a rule of it that only warns', { budget: { day: { cap: 1 } }, warn_only: ['budget.day.cap'] }, 'warn_only'],
    [
      'one of two rules that only warns',
      { budget: { day: { cap: 2, ask_above: 1 } }, warn_only: ['budget.day.ask_above'] },
      'enforced',
    ],
    ['one elsewhere', { scopes: [{ when: { channel: 'ads' }, budget: { day: { cap: 1 } } }] }, 'missing'],
  ],
  brand_voice: [
    ['words', words, 'enforced'],
    ['no words', { blocked_words: [] }, 'missing'],
    ['words that only warn', { ...words, warn_only: ['blocked_words'] }, 'warn_only'],
    [
      'words that only warn, and a tone',
      { ...words, tone: { max_emoji: 1 }, warn_only: ['blocked_words'] },
      'enforced',
    ],
    ['a tone that says nothing', { tone: {} }, 'missing'],
    ['a tone that warns', { tone: { max_emoji: 1, outcome: 'warn' } }, 'warn_only'],
    [
      'a scope whose tone warns instead',
      { tone: { max_emoji: 1 }, scopes: [{ when: email, tone: { max_emoji: 1, outcome: 'warn' } }] },
      'warn_only',
    ],
    ['wording that says nothing', { wording: { forbidden: [] } }, 'missing'],
    ['wording', { wording: { forbidden: ['cheap'] } }, 'enforced'],
    ['wording that warns', { wording: { forbidden: ['cheap'], outcome: 'warn' } }, 'warn_only'],
    ['wording that readers have to find', { wording: { required: ['Dr Ray'] } }, 'enforced'],
    ['wording for readers, where there are none', { wording: { required: ['Dr Ray'] } }, 'missing', CRM],
    ['a claim', { claims: [{ says: 'cure' }] }, 'enforced'],
    ['no claim', { claims: [] }, 'missing'],
    ['a claim that is remarked', { claims: [{ says: 'cure', outcome: 'warn' }] }, 'warn_only'],
    ['a claim of other categories', { claims: [{ says: 'cure', categories: ['blog_post'] }] }, 'missing'],
    ['a disclaimer of every newsletter', { claims: [{ categories: ['email_campaign'], disclaimer: 'x' }] }, 'enforced'],
    ['a disclaimer where nobody reads', { claims: [{ categories: ['crm_update'], disclaimer: 'x' }] }, 'missing', CRM],
    ['a judge', { judge: { brand: 'Calm' } }, 'enforced'],
    ['a judge of what only prepares', { judge: { brand: 'Calm' } }, 'missing', { preparing: true }],
    ['a scope that holds', { scopes: [{ when: email, ...words }] }, 'enforced'],
    ['a scope elsewhere', { scopes: [{ when: { channel: 'crm' }, ...words }] }, 'missing'],
    ['a scope of one segment', { scopes: [{ when: VIP, ...words }] }, 'missing'],
    [
      'a scope in which it only warns',
      { ...words, scopes: [{ when: email, warn_only: ['blocked_words'] }] },
      'warn_only',
    ],
    [
      'a segment in which it only warns',
      { ...words, scopes: [{ when: VIP, warn_only: ['blocked_words'] }] },
      'warn_only',
    ],
    [
      'a region of another channel in which it only warns',
      { ...words, scopes: [{ when: { channel: 'crm', region: 'DE' }, warn_only: ['blocked_words'] }] },
      'enforced',
    ],
    ['profanity, which is nobody’s own voice', { profanity: {} }, 'missing'],
  ],
  channels: [
    ['some channels', { channels: { allow: ['email'] } }, 'enforced'],
    ['no channel at all', { channels: { allow: [] } }, 'enforced'],
    ['all channels', { channels: { allow: ['crm', 'email', 'social', 'ads', 'site'] } }, 'missing'],
    ['the channel of its own scope', { scopes: [{ when: email, channels: { allow: ['email'] } }] }, 'missing'],
    [
      'some channels, and all of them in a narrower scope',
      {
        channels: { allow: ['email'] },
        scopes: [{ when: email, channels: { allow: ['crm', 'email', 'social', 'ads', 'site'] } }],
      },
      'missing',
    ],
    [
      'some channels, and all of them for a segment',
      {
        channels: { allow: ['email'] },
        scopes: [{ when: VIP, channels: { allow: ['crm', 'email', 'social', 'ads', 'site'] } }],
      },
      'missing',
    ],
    ['kinds that are denied', { kinds: { deny: ['hubspot.*'] } }, 'enforced'],
    ['kinds that are allowed', { kinds: { allow: ['mailchimp.*'] } }, 'enforced'],
    ['every kind', { kinds: { allow: ['*'] } }, 'missing'],
    ['an empty section', { kinds: {} }, 'missing'],
    ['channels that only warn', { channels: { allow: ['crm'] }, warn_only: ['channels'] }, 'warn_only'],
  ],
  topics: [
    ['a topic', topics, 'enforced'],
    ['no topic', { topics: [] }, 'missing'],
    ['a topic that is remarked', { topics: [{ name: 'politics', outcome: 'warn' }] }, 'warn_only'],
    ['topics that only warn', { ...topics, warn_only: ['topics'] }, 'warn_only'],
    [
      'topics that only warn, but not in the scope',
      { ...topics, warn_only: ['topics'], scopes: [{ when: email, warn_only: [] }] },
      'enforced',
    ],
    ['what is always for a person', { always_a_person: { words: { crisis: ['fire'] } } }, 'missing'],
  ],
}

const parsed = (document: object) => PolicySchema.parse(document)

for (const wall of WALLS) {
  const cases = CASES[wall].map(([name, document, state, at]) => ({ name, document, state, at }))
  test.each(cases)(`${wall}: $name`, ({ document, state, at }) => {
    expect(wallsAt(parsed(document), { ...AT, ...at })[wall]).toBe(state)
  })
}

it('knows the four of them', () => {
  expect(wallsAt({}, AT)).toEqual({ budget: 'missing', brand_voice: 'missing', channels: 'missing', topics: 'missing' })
})

it.each(createKinds().all)('a new workspace starts within all of them: $id', (kind) => {
  const { id: kindId, category, channel } = kind
  const at = { ...AT, kindId, category, channel, hasCampaigns: kind.campaign !== undefined }
  expect(Object.values(wallsAt(STARTING_POLICY, at))).toEqual(WALLS.map(() => 'enforced'))
})

const ORDER: readonly WallState[] = ['missing', 'warn_only', 'enforced']

it('a wall never becomes weaker by a topic, a word, a claim or a budget more', () => {
  const more = fc.constantFrom(words, topics, { claims: [{ says: 'cure' }] }, { budget: { day: { cap: 1 } } })
  const when = fc.constantFrom(email, VIP, { category: 'email_campaign' }, { agent: 'agt_1', region: 'DE' })
  const base = fc.constantFrom(...WALLS.flatMap((wall) => CASES[wall].map(([, document]) => document)))
  fc.assert(
    fc.property(base, when, more, (document, its, added) => {
      const before = parsed(document)
      const after = parsed({ ...document, scopes: [...(before.scopes ?? []), { when: its, ...added }] })
      for (const wall of WALLS)
        expect(ORDER.indexOf(wallsAt(after, AT)[wall])).toBeGreaterThanOrEqual(ORDER.indexOf(wallsAt(before, AT)[wall]))
    }),
  )
})
