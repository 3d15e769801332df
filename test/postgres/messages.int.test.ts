import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { MessageKey } from '../../core/ports/approvals.ts'
import type { Database } from '../../core/postgres/database.ts'
import { createMessages, createSeenRequests } from '../../core/postgres/messages.ts'
import { serverDatabase } from '../support/databases.ts'
import { ACTION, idOf } from '../support/views.ts'

const START = Date.UTC(2026, 2, 4, 17)
const key: MessageKey = { workspaceId: idOf('wks', 'wks_a'), subject: ACTION, slot: 'card' }
const message = { channel: 'C1', ts: '1.0001', digest: 'd1' }
const [busy, claimed, sent] = [{ kind: 'busy' }, { kind: 'claimed' }, { kind: 'sent', message }]
let database: Database
let now = START
const time = (): Date => new Date(now)

beforeAll(async () => {
  database = await serverDatabase()
})
beforeEach(async () => {
  now = START
  await database.query('truncate messages, seen_requests', [])
})
afterAll(async () => {
  await database.close()
})

describe('messages', () => {
  it('lets one of many who want to post it', async () => {
    const messages = createMessages(database.drizzle, time)
    const answers = await Promise.all(Array.from({ length: 16 }, () => messages.claim(key)))
    expect(answers.filter(({ kind }) => kind === 'claimed')).toHaveLength(1)
    expect(answers.filter(({ kind }) => kind === 'busy')).toHaveLength(15)
  })

  it('says where it stands once it was posted, whatever the time', async () => {
    const messages = createMessages(database.drizzle, time)
    expect(await messages.claim(key)).toEqual(claimed)
    await messages.filled(key, message)
    expect(await messages.claim(key)).toEqual(sent)
    now += 3_600_000
    expect(await messages.claim(key)).toEqual(sent)
    await messages.filled(key, { ...message, digest: 'd2' })
    expect(await messages.claim(key)).toEqual({ kind: 'sent', message: { ...message, digest: 'd2' } })
  })

  it('gives a claim that was not filled to the next, after more than a minute and once', async () => {
    const messages = createMessages(database.drizzle, time)
    await messages.claim(key)
    now += 60_000
    expect(await messages.claim(key)).toEqual(busy)
    now += 1
    const answers = await Promise.all([messages.claim(key), messages.claim(key), messages.claim(key)])
    expect(answers.map(({ kind }) => kind).toSorted()).toEqual(['busy', 'busy', 'claimed'])
    now += 60_000
    expect(await messages.claim(key)).toEqual(busy)
  })

  it('can be claimed at once when it was given back, but not taken back once it is posted', async () => {
    const messages = createMessages(database.drizzle, time)
    await messages.claim(key)
    await messages.released(key)
    expect(await messages.claim(key)).toEqual(claimed)
    await messages.filled(key, message)
    await messages.released(key)
    expect(await messages.claim(key)).toEqual(sent)
  })

  it('keeps subjects, their messages and workspaces apart', async () => {
    const messages = createMessages(database.drizzle, time)
    const others = [
      { ...key, slot: 'thread' },
      { ...key, subject: idOf('act', 'act_2') },
      { ...key, workspaceId: idOf('wks', 'wks_b') },
    ]
    await messages.claim(key)
    await messages.filled(key, message)
    for (const other of others) expect(await messages.claim(other)).toEqual(claimed)
    await messages.released({ ...key, slot: 'thread' })
    expect(await messages.claim(key)).toEqual(sent)
  })

  it('finds the subject by where the message stands, in that workspace only', async () => {
    const messages = createMessages(database.drizzle, time)
    await messages.claim(key)
    expect(await messages.subjectOf(key.workspaceId, 'C1', '1.0001')).toBeNull()
    await messages.filled(key, message)
    expect(await messages.subjectOf(key.workspaceId, 'C1', '1.0001')).toEqual(key)
    expect(await messages.subjectOf(key.workspaceId, 'C2', '1.0001')).toBeNull()
    expect(await messages.subjectOf(key.workspaceId, 'C1', '1.0002')).toBeNull()
    expect(await messages.subjectOf(idOf('wks', 'wks_b'), 'C1', '1.0001')).toBeNull()
  })
})

describe('seen requests', () => {
  it('are new once, of many at the same time too', async () => {
    const isNew = createSeenRequests(database.drizzle, time)
    const answers = await Promise.all(Array.from({ length: 16 }, () => isNew('v0=a')))
    expect(answers.filter(Boolean)).toHaveLength(1)
    expect(await isNew('v0=a')).toBe(false)
    expect(await isNew('v0=b')).toBe(true)
  })

  it('are forgotten after 15 minutes, which is longer than any signature counts', async () => {
    const isNew = createSeenRequests(database.drizzle, time)
    await isNew('v0=a')
    now += 15 * 60_000
    expect(await isNew('v0=a')).toBe(false)
    now += 1
    expect(await isNew('v0=b')).toBe(true)
    expect(await database.query('select signature from seen_requests', [])).toEqual([{ signature: 'v0=b' }])
    expect(await isNew('v0=a')).toBe(true)
  })
})
