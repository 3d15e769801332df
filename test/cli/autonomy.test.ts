import { describe, expect, it, test } from 'vitest'
import { ok } from '../../core/domain/result.ts'
import { fakeGate } from '../support/fake-gate.ts'
import { consentView, grantView, PROMOTION, promotionView } from '../support/promotion-views.ts'
import { tenure } from '../support/tenure-command.ts'
import { AGENT, LATER, owner } from '../support/views.ts'

const ONE_OF_THEM = '--scenario hubspot.contact.update --agent agt_1'
const NAMED = { scenario: 'hubspot.contact.update', agentId: AGENT }

describe('what each command asks of the gate', () => {
  test.each<[string, string, readonly unknown[]]>([
    ['grants', 'listGrants', []],
    ['grant crm_update.small 3', 'setGrant', ['crm_update.small', 3, {}]],
    [
      `grant crm_update.small 1 ${ONE_OF_THEM} --until 2026-06-01T00:00:00Z --reason 'a new list'`,
      'setGrant',
      ['crm_update.small', 1, { ...NAMED, until: new Date('2026-06-01T00:00:00Z'), reason: 'a new list' }],
    ],
    ['reclaim crm_update', 'reclaimLevel', [{ what: 'crm_update' }, null]],
    [
      `reclaim crm_update.small ${ONE_OF_THEM} --reason 'a busy week'`,
      'reclaimLevel',
      [{ what: 'crm_update.small', ...NAMED }, 'a busy week'],
    ],
    ['hand-back crm_update', 'handBack', [{ what: 'crm_update' }, null]],
    [
      `hand-back crm_update.small ${ONE_OF_THEM} --reason 'it is over'`,
      'handBack',
      [{ what: 'crm_update.small', ...NAMED }, 'it is over'],
    ],
    ['promotions', 'listPromotions', ['open']],
    ['promotions --all', 'listPromotions', [null]],
    ['promotion prm_1', 'getPromotion', [PROMOTION]],
    ['promotion grant prm_1', 'decidePromotion', [PROMOTION, 'grant', null]],
    ['promotion decline prm_1', 'decidePromotion', [PROMOTION, 'decline', null]],
    ["promotion decline prm_1 --reason 'not yet'", 'decidePromotion', [PROMOTION, 'decline', 'not yet']],
    ['automatic', 'listStandingConsents', []],
    ['automatic crm_update 4', 'setStandingConsent', ['crm_update', 4]],
    ['automatic crm_update off', 'setStandingConsent', ['crm_update', null]],
  ])('%s', async (args, verb, asks) => {
    const { exitCode, calls, err: complaint } = await tenure(args)
    expect(complaint).toBe('')
    expect(exitCode).toBe(0)
    expect(calls).toEqual([{ verb, args: [owner, ...asks] }])
  })
})

const GRANTS_HEADING =
  'SCOPE             SCENARIO                AGENT  LEVEL  NOW  UNTIL                     BY         NOTE'

describe('what people read', () => {
  test.each([
    [
      'grants',
      [
        GRANTS_HEADING,
        'crm_update.small  hubspot.contact.update  agt_1  4      3    2026-03-03T09:00:00.000Z  The owner\n',
      ],
    ],
    [
      'grant crm_update.small 3',
      [
        GRANTS_HEADING,
        'crm_update.small  hubspot.contact.update  agt_1  3      3    2026-03-03T09:00:00.000Z  The owner\n',
      ],
    ],
    [
      'reclaim crm_update',
      [
        'SCOPE             SCENARIO                AGENT  LEVEL  NOW  UNTIL  BY         NOTE',
        'crm_update.small  hubspot.contact.update  agt_1  2      2           The owner  taken back from 4',
        'Hand it back with: tenure hand-back crm_update\n',
      ],
    ],
    [
      'promotions',
      [
        'ID     WHAT                                                         SCENARIO                LEVEL  STATE  PROPOSED',
        'prm_1  CRM updates, small: let Newsletter writer act and tell you?  hubspot.contact.update  3      open   2026-03-02T09:00:00.000Z\n',
      ],
    ],
    [
      'promotion prm_1',
      [
        'CRM updates, small: let Newsletter writer act and tell you? (prm_1, to level 3)',
        'Newsletter writer may then act and tell you, with a day to undo.',
        '',
        'HOLDS    ASKED FOR',
        'yes      The score is 79; 60 is needed.',
        'no       The evidence is 12; 20 is needed.',
        'not yet  A person has to consent.',
        '',
        'Right in 39 of 41 judged decisions: 95 %, and surely 87 % or more.',
        'Alone, of its last 44: 38 would have gone out the same, 4 without what a person changed, 1 although a person said no. Nobody judged 1 (2 %).',
        'The worst:',
        '  2026-03-02T09:00:00.000Z  act_1  Update Ada’s phone: rejected (minor)',
        'In the last 30 days: 44 actions, to 1,200 people (at most 90 at once), for 125,000 in minor units of money (at most 4,500 at once).',
        '',
        'Granted now, it holds until 2026-03-03T09:00:00.000Z. Answer with: tenure promotion grant prm_1, or decline prm_1\n',
      ],
    ],
    [
      'promotion grant prm_1',
      ['Granted until 2026-03-03T09:00:00.000Z. Newsletter writer may then act and tell you, with a day to undo.\n'],
    ],
    ['promotion decline prm_1', ['Declined. Nothing changes; it is proposed again when there is new evidence.\n']],
    [
      'automatic',
      [
        'CATEGORY    UP TO  BY         SINCE                     STATE',
        'crm_update  4      The owner  2026-03-02T09:00:00.000Z  in force\n',
      ],
    ],
    ['automatic crm_update 3', ['What has earned more in crm_update gets it by itself from now on, up to level 3.\n']],
    ['automatic crm_update off', ['Every raise of crm_update is asked for from now on.\n']],
  ])('%s', async (args, lines) => {
    const { out, exitCode } = await tenure(args)
    expect(out.split('\n')).toEqual(lines.join('\n').split('\n'))
    expect(exitCode).toBe(0)
  })

  it('says so when there is nothing', async () => {
    const gate = fakeGate({
      listGrants: () => Promise.resolve(ok([])),
      setGrant: () => Promise.resolve(ok([])),
      listPromotions: () => Promise.resolve(ok([])),
      listStandingConsents: () => Promise.resolve(ok([])),
    })
    expect((await tenure('grants', { gate })).out).toBe('No level was given yet.\n')
    expect((await tenure('grant crm_update.small 2', { gate })).out).toBe(
      'Nothing had more there; nothing was changed.\n',
    )
    expect((await tenure('promotions', { gate })).out).toBe('Nothing is proposed.\n')
    expect((await tenure('automatic', { gate })).out).toBe('Every raise is asked for.\n')
  })

  it('says that what is set for all only bounds them', async () => {
    const observed = grantView({ scenario: '*', agentId: '*', level: 1, inForce: 1 })
    const over = grantView({ scenario: '*', agentId: '*', level: 5, inForce: 5 })
    const gate = fakeGate({ listGrants: () => Promise.resolve(ok([observed, over])) })
    const [, first, second] = (await tenure('grants', { gate })).out.split('\n')
    expect(first).toMatch(/every one +every one +1 +1 .* nobody has more$/)
    expect(second).toMatch(/every one +every one +5 +5 .* no limit for anybody$/)
  })

  it('says what fell by itself', async () => {
    const gate = fakeGate({ listGrants: () => Promise.resolve(ok([grantView({ level: 2, by: null })])) })
    expect((await tenure('grants', { gate })).out).toMatch(/ fell by itself\n$/)
  })

  it('says what was answered, by whom and why', async () => {
    const declined = promotionView({ state: 'declined', endedAt: LATER, by: 'The owner', reason: 'After the launch' })
    const withdrawn = promotionView({ state: 'withdrawn', endedAt: LATER })
    const words = async (promotion: typeof declined) =>
      (await tenure('promotion prm_1', { gate: fakeGate({ getPromotion: () => Promise.resolve(ok(promotion)) }) })).out
    expect(await words(declined)).toMatch(
      /\nIt was declined by The owner at 2026-03-03T09:00:00\.000Z: After the launch\n$/,
    )
    expect(await words(withdrawn)).toMatch(/\nIt was withdrawn at 2026-03-03T09:00:00\.000Z\.\n$/)
  })

  it('says what a dossier does not have', async () => {
    const dossier = {
      ...promotionView().dossier,
      accuracy: { correct: 0, judged: 0, share: null, lcb: 0 },
      alone: { decisions: 0, same: 0, unchanged: 0, wrong: 0, unjudged: 0 },
      worst: [],
      exposure: { actions: 0, people: 0, amountMinor: 0, mostPeople: 0, mostMinor: 0 },
      unjudged: null,
    }
    const gate = fakeGate({ getPromotion: () => Promise.resolve(ok(promotionView({ dossier }))) })
    expect((await tenure('promotion prm_1', { gate })).out).toContain(
      [
        '',
        'None of it was judged.',
        'Nothing of it ran yet.',
        'Nothing was wrong with any of them.',
        'In the last 30 days: 0 actions, to 0 people (at most 0 at once).',
        '',
      ].join('\n'),
    )
  })

  it('says why a choice ended', async () => {
    const ended = consentView({ withdrawnAt: LATER, withdrawnWhy: 'a demotion in this category' })
    const gate = fakeGate({ listStandingConsents: () => Promise.resolve(ok([ended])) })
    expect((await tenure('automatic', { gate })).out).toContain(
      'ended 2026-03-03T09:00:00.000Z (a demotion in this category)',
    )
  })

  it('keeps titles of actions from steering the terminal', async () => {
    const title = 'Update\u001b[2J\u202eevil\nprm_2  granted'
    const { dossier } = promotionView()
    const worst = [{ actionId: 'act_1', title, at: LATER.toISOString(), says: title }]
    const promotion = promotionView({ title, says: title, dossier: { ...dossier, worst } })
    const gate = fakeGate({ getPromotion: () => Promise.resolve(ok(promotion)) })
    const { out } = await tenure('promotion prm_1', { gate })
    expect(out.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    expect(out.split('\n').filter((line) => line.startsWith('prm_2'))).toEqual([])
  })

  it('answers machines the whole of it', async () => {
    const { out } = await tenure('promotion prm_1 --json')
    expect(JSON.parse(out)).toMatchObject({ id: 'prm_1', dossier: { alone: { decisions: 44, wrong: 1 } } })
    expect(JSON.parse((await tenure('grants --json')).out)).toMatchObject([{ scope: 'crm_update.small', in_force: 3 }])
  })
})

describe('what goes wrong', () => {
  it('names what is missing for a level', async () => {
    const gate = fakeGate()
    gate.refuseWith({ kind: 'not_earned', missing: ['The score is 55; 60 is needed.', 'Seven more clean decisions.'] })
    const { err: complaint, exitCode } = await tenure('grant crm_update.small 3', { gate })
    expect(complaint).toBe(
      'Not earned yet. The score is 55; 60 is needed. Seven more clean decisions.\nRequest: req_fixed\n',
    )
    expect(exitCode).toBe(1)
  })

  test.each([
    'grant crm_update.small',
    'grant crm_update.small 6',
    'grant crm_update.small 3 --until tomorrow',
    'reclaim',
    'hand-back',
    'promotion',
    'promotion grant',
    'promotion decline',
    'automatic crm_update',
    'automatic crm_update 5',
  ])('%s is used wrongly', async (args) => {
    const { exitCode, asked, err: complaint } = await tenure(args)
    expect(exitCode).toBe(2)
    expect(complaint).not.toBe('')
    expect(asked).toEqual([])
  })
})
