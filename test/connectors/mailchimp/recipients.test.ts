import { afterEach, beforeEach, describe, expect, it, test } from 'vitest'
import { hashOf, MAILCHIMP_SEED } from '../../../connectors/mailchimp/sandbox-seed.ts'
import { allPages, PAGE } from '../../../connectors/mailchimp/member-pages.ts'
import { savedSegmentOf } from '../../../connectors/mailchimp/recipients.ts'
import type { ListedMember } from '../../../connectors/mailchimp/wire.ts'
import type { Input, Recipient } from '../../../core/ports/kind.ts'
import { kindOf, NOW, type Platforms, startPlatforms } from '../../support/platforms.ts'

const { campaignId, listId, recallSegmentId } = MAILCHIMP_SEED
const SEND = 'mailchimp.campaign.send'
const KEY = 'act_1'

let platforms: Platforms
beforeEach(async () => {
  platforms = await startPlatforms(() => NOW)
})
afterEach(async () => {
  await platforms.close()
})

const list = () => {
  const found = platforms.mailchimp.state.lists[listId]
  if (found === undefined) throw new Error('The seeded audience is gone')
  return found
}
const campaign = () => {
  const found = platforms.mailchimp.state.campaigns[campaignId]
  if (found === undefined) throw new Error('The seeded campaign is gone')
  return found
}
const effects = () => platforms.mailchimp.script.effects

async function recipientsOf(kindId: string, input: Input) {
  const kind = kindOf(kindId)
  const read = await kind.recipients?.(input, platforms.session(kind))
  if (read?.ok !== true) throw new Error(`It has no recipients: ${JSON.stringify(read)}`)
  return read.value
}

async function listed(kindId = SEND, input: Input = { campaignId }): Promise<readonly Recipient[]> {
  const read = await recipientsOf(kindId, input)
  if (read.kind !== 'read') throw new Error(read.says)
  return read.recipients
}

async function run(kindId: string, input: Input, only: readonly Recipient[], key = KEY) {
  const kind = kindOf(kindId)
  const session = platforms.session(kind)
  const before = await kind.beforeState(input, session)
  if (!before.ok) throw new Error(before.error.kind)
  return { kind, session, before: before.value, result: await kind.run(input, before.value, session, { key, only }) }
}

describe('whom a campaign goes to', () => {
  it('is everybody of the audience on every page, with what Mailchimp says of them and since when', async () => {
    const all = await listed()
    expect(all).toHaveLength(1215)
    const says = (what: Recipient['says']) => all.filter((one) => one.says === what).length
    expect([says('subscribed'), says('unsubscribed'), says('cleaned')]).toEqual([1200, 12, 3])
    expect(all[0]).toEqual({
      identifiers: [{ kind: 'email', value: 'patient-0001@example.com' }],
      says: 'subscribed',
      since: new Date('2026-01-05T08:00:00Z'),
    })
  })

  it('is those of its saved segment', async () => {
    campaign().segmentId = recallSegmentId
    const all = await listed()
    expect(all).toHaveLength(240)
    expect(all.every(({ says }) => says === 'subscribed')).toBe(true)
  })

  it('is nobody who can be read, where no audience was chosen', async () => {
    campaign().listId = 'gone'
    platforms.mailchimp.state.lists['gone'] = { ...list(), id: '', name: '' }
    campaign().listId = ''
    expect(await recipientsOf(SEND, { campaignId })).toEqual({
      kind: 'unreadable',
      says: expect.stringContaining('no audience yet'),
    })
  })

  test.each([
    [null, null],
    [{}, null],
    [{ conditions: [], match: 'any' }, null],
    [{ saved_segment_id: 0 }, null],
    [{ saved_segment_id: 7 }, 7],
    [{ saved_segment_id: 'x' }, null],
  ])('the saved segment of %j is %j', (segment, expected) => {
    expect(savedSegmentOf(segment)).toBe(expected)
  })

  test.each([
    ['mailchimp.campaign.send_test', { campaignId, emails: ['a@example.com', 'b@example.com'] }, 2],
    ['mailchimp.member.upsert', { listId, email: 'a@example.com', status: 'subscribed' }, 1],
    ['mailchimp.member.upsert', { listId, email: 'a@example.com', status: 'unsubscribed' }, 0],
  ])('%s of %j: %i', async (kindId, input, count) => {
    expect(await listed(kindId, input)).toHaveLength(count)
  })
})

describe('pages of members', () => {
  const member = (n: number): ListedMember => ({
    email_address: `m-${n}@example.com`,
    status: 'subscribed',
    timestamp_signup: null,
    timestamp_opt: null,
    last_changed: null,
  })
  const pagesOf = (totalAt: (offset: number) => number, count = 2500) =>
    allPages(async (offset) => {
      const members = Array.from({ length: count }, (_, n) => member(n)).slice(offset, offset + PAGE)
      return { ok: true, value: { members, total_items: totalAt(offset) } }
    })

  it('are put together in order', async () => {
    const read = await pagesOf(() => 2500)
    expect(read.ok && read.value.map(({ email_address: email }) => email)).toEqual(
      Array.from({ length: 2500 }, (_, n) => `m-${n}@example.com`),
    )
  })

  test.each([
    ['that grew meanwhile', (offset: number) => (offset === 0 ? 2500 : 2501)],
    ['with fewer people than it said', () => 2600],
  ])('of a list %s count as not read', async (_name, totalAt) => {
    expect(await pagesOf(totalAt)).toEqual({ ok: false, error: { kind: 'unavailable' } })
  })
})

describe('leaving people out', () => {
  it('sends to a segment made for the action, with nobody else in it', async () => {
    const only = (await listed()).slice(0, 1160)
    const { result } = await run(SEND, { campaignId }, only)
    expect(result.ok).toBe(true)
    expect(campaign()).toMatchObject({ status: 'sending', emailsSent: 1160 })
    expect(effects()).toEqual({
      'segment.create Tenure act_1': 1,
      [`campaign.aim ${campaignId}`]: 1,
      [`campaign.send ${campaignId}`]: 1,
    })
  })

  it('does not reach who joined the audience afterwards', async () => {
    const only = (await listed()).slice(0, 2)
    const email = 'late@example.com'
    const joined = { email, status: 'subscribed' as const, inCompliance: false, fields: {}, tags: [] }
    list().members[hashOf(email)] = joined
    await run(SEND, { campaignId }, only)
    expect(campaign()).toMatchObject({ status: 'sending', emailsSent: 2 })
    expect(Object.values(list().segments).at(-1)).toMatchObject({
      name: 'Tenure act_1',
      emails: only.map(({ identifiers }) => identifiers[0]?.value),
    })
  })

  it('fills the same segment again on a second try', async () => {
    const only = (await listed()).slice(0, 3)
    platforms.mailchimp.script.queue({
      match: (method, path) => method === 'PATCH' && path.endsWith(`/campaigns/${campaignId}`),
      fault: 'lost_before',
    })
    expect((await run(SEND, { campaignId }, only)).result.ok).toBe(false)
    expect((await run(SEND, { campaignId }, only.slice(1))).result.ok).toBe(true)
    expect(campaign().emailsSent).toBe(2)
    expect(Object.values(list().segments).filter(({ name }) => name === 'Tenure act_1')).toHaveLength(1)
  })

  test.each([
    ['the segment is not made', 'POST', '/segments', 'lost_before'],
    ['the segment is made and the answer lost', 'POST', '/segments', 'lost_after'],
    ['the campaign is not pointed at it', 'PATCH', `/campaigns/${campaignId}`, 'lost_before'],
    ['that it is pointed at it is not heard', 'PATCH', `/campaigns/${campaignId}`, 'lost_after'],
  ] as const)('sends nothing where %s, and is for everybody again', async (_name, method, path, fault) => {
    const only = (await listed()).slice(0, 3)
    platforms.mailchimp.script.queue({ match: (m, p) => m === method && p.endsWith(path), fault })
    const { result } = await run(SEND, { campaignId }, only)
    expect(result).toEqual({ ok: false, error: { kind: 'unavailable' } })
    expect(campaign()).toMatchObject({ status: 'save', segmentId: null })
    expect(effects()[`campaign.send ${campaignId}`]).toBeUndefined()
  })

  it('is for everybody again where Mailchimp refuses the send', async () => {
    campaign().html = ''
    const { result } = await run(SEND, { campaignId }, (await listed()).slice(0, 3))
    expect(result).toMatchObject({ ok: false, error: { kind: 'rejected' } })
    expect(campaign()).toMatchObject({ status: 'save', segmentId: null })
    expect(Object.values(list().segments)).toHaveLength(1)
  })
})
