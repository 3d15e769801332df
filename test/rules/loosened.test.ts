import { describe, expect, it, test } from 'vitest'
import { loosened } from '../../core/rules/loosened.ts'
import { PolicySchema } from '../../core/rules/policy.ts'

const read = (policy: object) => PolicySchema.parse(policy)
const found = (before: object, after: object) => loosened(read(before), read(after))

const crm = { category: 'crm_update' }
const email = { channel: 'email' }
const PERSON = 'what is always for a person'
const WARNS = 'a cap that would only warn'
const relax = (...classes: string[]) => ({ always_a_person: { relax: classes } })
const cap = { budget: { day: { cap: 100 } } }

describe('what only an owner loosens', () => {
  test.each<[string, object, object, string[]]>([
    [
      'a class relaxed in a scope, now everywhere',
      { scopes: [{ when: crm, ...relax('crisis') }] },
      { ...relax('crisis'), scopes: [{ when: crm, ...relax('crisis') }] },
      [PERSON],
    ],
    [
      'a scope that relaxed nothing is gone',
      { ...relax('crisis'), scopes: [{ when: crm, ...relax() }] },
      relax('crisis'),
      [PERSON],
    ],
    [
      'a new scope above one that relaxed nothing',
      { ...relax('crisis'), scopes: [{ when: crm, ...relax() }] },
      {
        ...relax('crisis'),
        scopes: [
          { when: crm, ...relax() },
          { when: { ...crm, ...email }, ...relax('crisis') },
        ],
      },
      [PERSON],
    ],
    [
      'scopes in another order',
      {
        scopes: [
          { when: { category: 'social_post' }, ...relax('crisis') },
          { when: crm, ...relax() },
        ],
      },
      {
        scopes: [
          { when: crm, ...relax() },
          { when: { category: 'social_post' }, ...relax('crisis') },
        ],
      },
      [PERSON],
    ],
    ['a key account is gone', { always_a_person: { key_accounts: ['Acme'] } }, {}, [PERSON]],
    [
      'a word of a class is gone from a scope',
      { scopes: [{ when: crm, always_a_person: { words: { crisis: ['recall'] } } }] },
      { scopes: [{ when: crm, always_a_person: { words: { crisis: [] } } }] },
      [PERSON],
    ],
    [
      'a cap that only warned in a scope, now everywhere',
      { ...cap, scopes: [{ when: crm, warn_only: ['budget'] }] },
      { ...cap, warn_only: ['budget'] },
      [WARNS],
    ],
    [
      'reach only warns',
      { exposure: { people: { cap: 10 } } },
      { exposure: { people: { cap: 10 } }, warn_only: ['exposure'] },
      [WARNS],
    ],
    [
      'caps of reach',
      { exposure: { people: { cap: 10 }, list_share: { cap: 0.1 } } },
      { exposure: { people: { cap: 11 } } },
      ['the cap of people reached', 'the cap of the share of a list'],
    ],
    [
      'a cap of reach in a scope',
      { scopes: [{ name: 'Mail', when: email, exposure: { people: { cap: 10 } } }] },
      {},
      ['the cap of people reached of Mail'],
    ],
    [
      'more messages',
      { recipients: { most: { messages: 3, days: 7 } } },
      { recipients: { most: { messages: 3, days: 6 } } },
      ['how many messages one person gets'],
    ],
    [
      'more messages in a new scope',
      { recipients: { most: { messages: 3, days: 7 } } },
      {
        recipients: { most: { messages: 3, days: 7 } },
        scopes: [{ when: email, recipients: { most: { messages: 9, days: 7 } } }],
      },
      ['how many messages one person gets'],
    ],
  ])('%s', (_, before, after, expected) => {
    expect(found(before, after)).toEqual(expected)
  })

  test.each<[string, object, object]>([
    ['what was relaxed everywhere, now in a scope', relax('crisis'), { scopes: [{ when: crm, ...relax('crisis') }] }],
    [
      'one rule of a section that only warned',
      { ...cap, warn_only: ['budget'] },
      { ...cap, warn_only: ['budget.day'] },
    ],
    [
      'words of a scope, now everywhere',
      { scopes: [{ when: crm, always_a_person: { key_accounts: ['Acme'] } }] },
      { always_a_person: { words: { key_accounts: ['Acme'] } } },
    ],
    [
      'fewer messages',
      { recipients: { most: { messages: 3, days: 7 } } },
      { recipients: { most: { messages: 2, days: 9 } } },
    ],
    ['a cap of reach that is lower', { exposure: { people: { cap: 10 } } }, { exposure: { people: { cap: 9 } } }],
  ])('is not: %s', (_, before, after) => {
    expect(found(before, after)).toEqual([])
  })

  it('is nothing where nothing changes', () => {
    const same = { ...cap, ...relax('crisis'), scopes: [{ when: crm, ...relax(), warn_only: ['budget'] }] }
    expect(found(same, same)).toEqual([])
  })
})
