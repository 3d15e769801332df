import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest'
import { hashOf, MAILCHIMP_SEED, SPRING_HTML } from '../../../connectors/mailchimp/sandbox-seed.ts'
import type { Facts, Input } from '../../../core/ports/kind.ts'
import { kindOf, NOW, type Platforms, startPlatforms } from '../../support/platforms.ts'

const { campaignId, listId, recallSegmentId } = MAILCHIMP_SEED
const CALL = { key: 'act_1:1' }
const SLOT = '2026-03-02T09:15:00.000Z'

let clock = NOW
let platforms: Platforms
beforeEach(async () => {
  clock = NOW
  platforms = await startPlatforms(() => clock)
})
afterEach(async () => {
  await platforms.close()
})

async function run(kindId: string, input: Input) {
  const kind = kindOf(kindId)
  const session = platforms.session(kind)
  const before = await kind.beforeState(input, session)
  if (!before.ok) throw new Error(before.error.kind)
  return { kind, session, before: before.value, result: await kind.run(input, before.value, session, CALL) }
}

async function ran(kindId: string, input: Input) {
  const { result, ...rest } = await run(kindId, input)
  if (!result.ok) throw new Error(result.error.kind)
  return { ...rest, receipt: result.value }
}

async function factsOf(kindId = 'mailchimp.campaign.send', input: Input = { campaignId }): Promise<Facts> {
  const kind = kindOf(kindId)
  const facts = await kind.readFacts?.(input, platforms.session(kind))
  if (facts?.ok !== true) throw new Error('There are no facts')
  return facts.value
}

const preflight = (kindId: string, input: Input) => kindOf(kindId).preflight(input, platforms.session(kindOf(kindId)))
const campaign = () => {
  const found = platforms.mailchimp.state.campaigns[campaignId]
  if (found === undefined) throw new Error('The seeded campaign is gone')
  return found
}
const member = (email: string) => platforms.mailchimp.state.lists[listId]?.members[hashOf(email)]

describe('the facts of a send', () => {
  it('bind everything that a reader will see, in order', async () => {
    const facts = await factsOf()
    expect(facts.bound.map(({ label, value }) => [label, value])).toEqual([
      ['Subject', 'Spring check-ups'],
      ['Preview text', 'Early and late appointments in March and April'],
      ['Sender', 'Your dental practice'],
      ['Reply-to', 'hello@example.com'],
      ['Audience', { listId, segment: null, rule: null }],
      ['Content', createHash('sha256').update(SPRING_HTML).digest('hex')],
    ])
    expect(facts.bound[4]?.text).toBe('all of ‘Patients’: 1,200 people')
    expect(facts.bound[5]?.text).toMatch(/^“Spring check-ups Dear .*…” \(42 words, version [0-9a-f]{6}\)$/)
    expect(facts).toMatchObject({
      people: 1200,
      listSize: 1200,
      openUrl: `https://example.com/campaigns/${campaignId}`,
    })
    expect(facts.texts.slice(0, 3)).toEqual([
      'Spring check-ups',
      'Early and late appointments in March and April',
      'Your dental practice',
    ])
    expect(facts.texts[3]).toContain('It is time for your half-yearly check-up.')
    expect(facts.texts[3]).not.toContain('<')
    expect(facts.texts).toHaveLength(4)
  })

  it('give the plain part to the guardrails, too', async () => {
    campaign().plainText = 'Half price, today only'
    expect((await factsOf()).texts).toEqual([
      'Spring check-ups',
      'Early and late appointments in March and April',
      'Your dental practice',
      expect.stringContaining('It is time'),
      'Half price, today only',
    ])
  })

  it('bind who is meant, not how many they are', async () => {
    const before = await factsOf()
    const member = Object.values(platforms.mailchimp.state.lists[listId]?.members ?? {}).at(-1)
    if (member === undefined) throw new Error('The seed has members')
    member.status = 'subscribed'
    const after = await factsOf()
    expect(after.bound.map(({ value }) => value)).toEqual(before.bound.map(({ value }) => value))
    expect(after).toMatchObject({ people: 1201, listSize: 1201 })
    expect(after.bound[4]?.text).toBe('all of ‘Patients’: 1,201 people')
  })

  it('say when a planned campaign goes out', () => {
    expect(kindOf('mailchimp.campaign.schedule').plannedAt?.({ campaignId, scheduleTime: SLOT })).toEqual(
      new Date(SLOT),
    )
    expect('plannedAt' in kindOf('mailchimp.campaign.send')).toBe(false)
  })

  it('make the sentences of the card', async () => {
    const facts = await factsOf()
    const preview = kindOf('mailchimp.campaign.send').preview({ campaignId }, facts)
    expect(preview.title).toBe('your campaign ‘Spring check-ups’ goes to 1,200 people')
    expect(preview.done).toBe('your campaign ‘Spring check-ups’ went to 1,200 people')
    expect(preview.lines.map((line) => line.label)).toEqual(facts.bound.map((bound) => bound.label))
    const planned = kindOf('mailchimp.campaign.schedule').preview({ campaignId, scheduleTime: SLOT }, facts)
    expect(planned).toEqual(preview)
  })

  it('name a segment and count its people', async () => {
    campaign().segmentId = recallSegmentId
    const facts = await factsOf()
    expect(facts.people).toBe(240)
    expect(facts.listSize).toBe(1200)
    expect(facts.bound[4]).toEqual({
      label: 'Audience',
      value: {
        listId,
        segment: { match: 'any', saved_segment_id: recallSegmentId },
        rule: 'Contacts with the tag Recall due',
      },
      text: 'a part of ‘Patients’ (Contacts with the tag Recall due): 240 people of 1,200 people',
    })
  })

  it('say that nobody chose an audience yet', async () => {
    campaign().listId = ''
    const facts = await factsOf()
    expect(facts).toMatchObject({ people: 0, listSize: null })
    expect(facts.bound[4]).toEqual({ label: 'Audience', value: null, text: 'none' })
  })

  test.each([
    ['Subject', () => void (campaign().settings.subject_line = 'Other')],
    ['Preview text', () => void (campaign().settings.preview_text = 'Other')],
    ['Sender', () => void (campaign().settings.from_name = 'Other')],
    ['Reply-to', () => void (campaign().settings.reply_to = 'other@example.com')],
    ['Audience', () => void (campaign().segmentId = recallSegmentId)],
    ['Content', () => void (campaign().html = SPRING_HTML.replace('/appointments', '/elsewhere'))],
    ['Content', () => void (campaign().plainText = 'Other words for those without pictures')],
  ])('differ in %s alone when that was changed', async (label, change) => {
    const before = await factsOf()
    change()
    const after = await factsOf()
    const changed = after.bound.filter((now, at) => JSON.stringify(now) !== JSON.stringify(before.bound[at]))
    expect(changed.map((bound) => bound.label)).toEqual([label])
    expect(changed[0]?.text).not.toBe(before.bound.find((bound) => bound.label === label)?.text)
  })
})

describe('a send', () => {
  it('is refused when it went already, without a second call', async () => {
    await ran('mailchimp.campaign.send', { campaignId })
    const { result } = await run('mailchimp.campaign.send', { campaignId })
    expect(result).toEqual({
      ok: false,
      error: { kind: 'rejected', status: 409, providerCode: null, says: 'The campaign is being sent.' },
    })
    expect(platforms.mailchimp.script.effects).toEqual({ [`campaign.send ${campaignId}`]: 1 })
    const sends = platforms.mailchimp.script.log.filter((entry) => entry.path.endsWith('/actions/send'))
    expect(sends).toHaveLength(1)
  })

  it('that somebody else made before is not found as ours', async () => {
    await ran('mailchimp.campaign.send', { campaignId })
    const kind = kindOf('mailchimp.campaign.send')
    const found = await kind.lookUp({ campaignId }, { status: 'sent', sendTime: null }, platforms.session(kind), CALL)
    expect(found).toEqual({ ok: true, value: { found: false } })
  })

  it.each(['mailchimp.campaign.send', 'mailchimp.campaign.schedule'])(
    '%s: a test goes to one address',
    async (kindId) => {
      const kind = kindOf(kindId)
      const input = { campaignId, scheduleTime: SLOT }
      const sent = await kind.sendTest?.(
        kindId.endsWith('send') ? { campaignId } : input,
        'front-desk@example.com',
        platforms.session(kind),
      )
      expect(sent).toMatchObject({ ok: true })
      expect(platforms.mailchimp.state.tests).toEqual([{ campaignId, emails: ['front-desk@example.com'] }])
    },
  )

  test.each([
    ['no text', () => void (campaign().html = ''), ['Content: Your campaign has no content yet.']],
    ['no subject', () => void (campaign().settings.subject_line = ''), ['Subject: Your campaign needs a subject.']],
    [
      'a plan',
      () => void Object.assign(campaign(), { status: 'schedule', sendTime: SLOT }),
      ['The campaign is scheduled for Mar 2, 2026, 9:15 AM UTC.'],
    ],
    ['having gone', () => void (campaign().status = 'sent'), ['The campaign has been sent.']],
    [
      'being gone',
      () => void delete platforms.mailchimp.state.campaigns[campaignId],
      ['This campaign is no longer in Mailchimp.'],
    ],
  ])('with %s stands in its own way', async (_name, change, says) => {
    change()
    expect(await preflight('mailchimp.campaign.send', { campaignId })).toEqual({ ok: true, value: says })
  })
})

describe('a schedule', () => {
  it('is sent by us at its time, and never planned where nothing could stop it', async () => {
    const { receipt } = await ran('mailchimp.campaign.schedule', { campaignId, scheduleTime: SLOT })
    expect(receipt).toEqual({ reference: campaignId, after: { status: 'sending', sendTime: null } })
    expect(platforms.mailchimp.script.effects).toEqual({ [`campaign.send ${campaignId}`]: 1 })
  })

  it('is refused where somebody planned it in Mailchimp', async () => {
    Object.assign(campaign(), { status: 'schedule', sendTime: SLOT })
    const kind = kindOf('mailchimp.campaign.schedule')
    const input = { campaignId, scheduleTime: SLOT }
    const before = { status: 'save', sendTime: null }
    expect(await kind.run(input, before, platforms.session(kind), CALL)).toMatchObject({
      ok: false,
      error: { kind: 'rejected', says: 'The campaign is scheduled for Mar 2, 2026, 9:15 AM UTC.' },
    })
    expect(platforms.mailchimp.script.effects).toEqual({})
  })

  it('that an earlier version planned there is found, at its own time', async () => {
    Object.assign(campaign(), { status: 'schedule', sendTime: '2026-03-02T09:15:00.000Z' })
    const kind = kindOf('mailchimp.campaign.schedule')
    const before = { status: 'save', sendTime: null, audience: { listId, segment: null } }
    const look = (scheduleTime: string) =>
      kind.lookUp({ campaignId, scheduleTime }, before, platforms.session(kind), CALL)
    expect(await look(SLOT)).toMatchObject({ ok: true, value: { found: true } })
    expect(await look('2026-03-02T09:30:00Z')).toEqual({ ok: true, value: { found: false } })
  })
})

test('what is taken off the schedule in Mailchimp is planned again by nothing but a proposal', () => {
  expect(kindOf('mailchimp.campaign.unschedule').undo).toBeUndefined()
})

describe('a draft', () => {
  it('that went out is never deleted by the undo', async () => {
    const input = { listId, subject: 'News', fromName: 'Your dental practice', replyTo: 'hello@example.com' }
    const { kind, session, before, receipt } = await ran('mailchimp.campaign.create', input)
    const made = platforms.mailchimp.state.campaigns[receipt.reference]
    if (made !== undefined) made.status = 'sent'
    expect(await kind.undo?.run(input, before, receipt, session)).toMatchObject({
      ok: false,
      error: { kind: 'rejected', says: 'The campaign has been sent.' },
    })
    expect(platforms.mailchimp.state.campaigns[receipt.reference]).toBeDefined()
  })

  it('with the same words as an earlier one is not found as ours', async () => {
    const input = { listId, subject: 'News', fromName: 'Your dental practice', replyTo: 'hello@example.com' }
    await ran('mailchimp.campaign.create', input)
    const kind = kindOf('mailchimp.campaign.create')
    const session = platforms.session(kind)
    const before = await kind.beforeState(input, session)
    expect(before.ok && (await kind.lookUp(input, before.value, session, CALL))).toEqual({
      ok: true,
      value: { found: false },
    })
  })
})

describe('a person', () => {
  const NEW = { listId, email: 'New-Person@example.com', status: 'subscribed', firstName: 'New' }

  it('who is new is archived by the undo', async () => {
    const { kind, session, before, receipt } = await ran('mailchimp.member.upsert', NEW)
    expect(before).toEqual({ status: null, fields: { FNAME: '' } })
    expect(member(NEW.email)?.status).toBe('subscribed')
    expect(await kind.undo?.run(NEW, before, receipt, session)).toEqual({
      ok: true,
      value: { after: { status: 'archived' } },
    })
    expect(member(NEW.email)?.status).toBe('archived')
    expect(await kind.undo?.lookUp(NEW, before, receipt, session)).toEqual({ ok: true, value: true })
  })

  it('who was archived is archived again, with the former fields', async () => {
    await ran('mailchimp.member.upsert', NEW)
    Object.assign(member(NEW.email) ?? {}, { status: 'archived' })
    const input = { ...NEW, firstName: 'Newer' }
    const { kind, session, before, receipt } = await ran('mailchimp.member.upsert', input)
    await kind.undo?.run(input, before, receipt, session)
    expect(member(NEW.email)).toMatchObject({ status: 'archived', fields: { FNAME: 'New' } })
    expect(await kind.undo?.lookUp(input, before, receipt, session)).toEqual({ ok: true, value: true })
  })

  it('who had not confirmed is not mailed again by the undo', async () => {
    Object.assign(member('patient-0001@example.com') ?? {}, { status: 'pending' })
    const input = { listId, email: 'patient-0001@example.com', status: 'unsubscribed' }
    const { kind, session, before, receipt } = await ran('mailchimp.member.upsert', input)
    const undone = await kind.undo?.run(input, before, receipt, session)
    expect(undone).toMatchObject({ ok: false, error: { kind: 'rejected', status: 409 } })
    expect(member(input.email)?.status).toBe('unsubscribed')
  })

  it('who left does not come back by our hand', async () => {
    const input = { listId, email: 'patient-1201@example.com', status: 'subscribed' }
    expect(await preflight('mailchimp.member.upsert', input)).toEqual({
      ok: true,
      value: ['patient-1201@example.com unsubscribed or bounced and can only come back by signing up again.'],
    })
    const { result } = await run('mailchimp.member.upsert', input)
    expect(result).toMatchObject({
      ok: false,
      error: { kind: 'rejected', status: 400, providerCode: 'Member In Compliance State' },
    })
  })

  it('who is not in the audience cannot be tagged', async () => {
    const input = { listId, email: 'nobody@example.com', add: ['VIP'] }
    expect(await preflight('mailchimp.member.tag', input)).toEqual({
      ok: true,
      value: ['nobody@example.com is not in this audience.'],
    })
  })
})
