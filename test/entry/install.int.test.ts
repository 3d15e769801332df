import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readConfig } from '../../core/entry/config.ts'
import { installFirst } from '../../core/entry/install.ts'
import type { Database } from '../../core/postgres/database.ts'
import { createSecrets } from '../../core/postgres/secrets.ts'
import { serverDatabase } from '../support/databases.ts'
import { productionSettings } from '../support/production-settings.ts'

const HUBSPOT = 'con_settingshubspot'
const key = randomBytes(32).toString('base64')
const SETTINGS = {
  ...productionSettings(key),
  HUBSPOT_ACCESS_TOKEN: 'a-token',
  MAILCHIMP_API_KEY: 'a-key-us6',
}
const secretsOf = (text: string) => createSecrets([Buffer.from(text, 'base64')])

describe('a start with the settings', () => {
  let database: Database
  let warned: string[]
  beforeEach(async () => {
    database = await serverDatabase({ max: 2 })
    warned = []
    vi.spyOn(console, 'warn').mockImplementation((line: string) => void warned.push(line))
  })
  afterEach(async () => {
    vi.restoreAllMocks()
    await database.close()
  })

  async function start(more: Record<string, string> = {}) {
    const read = readConfig({ ...SETTINGS, ...more })
    if ('problems' in read) throw new Error(JSON.stringify(read.problems))
    const secrets = secretsOf(read.config.TENURE_SECRET_KEY ?? '')
    await installFirst(read.config, database, secrets, { teamId: 'T1', channel: 'C1' }, () => ({
      ownerToken: 'an-owner',
      agentKey: null,
    }))
  }
  const kept = async () => {
    const rows = await database.query('select id, credentials, webhook_generation as at from connections', [])
    return new Map(rows.map((row) => [row['id'], { sealed: String(row['credentials']), at: row['at'] }]))
  }
  const generation = async () => (await kept()).get(HUBSPOT)?.at

  it('leaves the address of webhooks where the credentials are the same', async () => {
    await start()
    const before = await kept()
    await start()
    const after = await kept()
    expect([...after.values()].map(({ at }) => at)).toEqual([0, 0])
    expect(after.get(HUBSPOT)?.sealed).not.toBe(before.get(HUBSPOT)?.sealed)
    expect(warned).toEqual([])
  })

  it('takes it back where they are others, of that connection alone, and says so', async () => {
    await start()
    const changes = [
      { HUBSPOT_ACCESS_TOKEN: 'another', HUBSPOT_CLIENT_SECRET: 'a-secret' },
      { HUBSPOT_ACCESS_TOKEN: 'another', HUBSPOT_CLIENT_SECRET: 'another' },
      { HUBSPOT_ACCESS_TOKEN: 'another' },
    ]
    for (const [place, change] of changes.entries()) {
      await start(change)
      await start(change)
      expect(await generation()).toBe(place + 1)
    }
    expect(warned.map((line): unknown => JSON.parse(line))).toEqual(
      changes.map(() => ({ level: 'warn', event: 'webhook_url_changed', connection: HUBSPOT })),
    )
    expect((await kept()).get('con_settingsmailchimp')?.at).toBe(0)
  })

  it('leaves it where a secret to sign with, or the account, is only added', async () => {
    await start()
    await start({ HUBSPOT_CLIENT_SECRET: 'a-secret' })
    await start({ HUBSPOT_CLIENT_SECRET: 'a-secret', HUBSPOT_PORTAL_ID: '44237313' })
    expect(await generation()).toBe(0)
    const opened = secretsOf(key).open((await kept()).get(HUBSPOT)?.sealed ?? '', HUBSPOT)
    expect(JSON.parse(opened ?? '')).toEqual({ accessToken: 'a-token', clientSecret: 'a-secret', portalId: '44237313' })
  })

  it('takes it back where nobody can tell whether they are others', async () => {
    await start()
    await start({ TENURE_SECRET_KEY: randomBytes(32).toString('base64') })
    expect(await generation()).toBe(1)
  })
})
