import { describe, expect, it, test } from 'vitest'
import type { ConnectionId } from '../../core/domain/ids.ts'
import { refusal, value, type World } from '../support/world.ts'
import { useWorld } from '../support/use-world.ts'

const CREDENTIALS = '{"accessToken":"a-new-token"}'

async function hubspotOf(world: World): Promise<ConnectionId> {
  const found = value(await world.gate.listConnections(world.owner)).find(({ platform }) => platform === 'hubspot')
  if (!found) throw new Error('The world has it')
  return found.id
}

async function stored(world: World, id: ConnectionId): Promise<string> {
  const [row] = await world.query('select credentials from connections where id = $1', [id])
  return String(row?.['credentials'])
}

describe('mending a connection', () => {
  const its = useWorld()

  it('makes a lost one live with new credentials, sealed for it, and is in the ledger', async () => {
    const { world } = its
    const id = await hubspotOf(world)
    await world.query("update connections set state = 'lost' where id = $1", [id])
    const mended = value(await world.gate.replaceCredentials(world.admin, id, CREDENTIALS))
    expect(mended).toEqual({
      webhookKey: expect.stringMatching(/^wks_\w+\.1\./),
      id,
      platform: 'hubspot',
      name: 'hubspot',
      state: 'live',
      sandbox: true,
    })
    expect(value(await world.gate.listConnections(world.owner)).find((one) => one.id === id)).toEqual(mended)
    const sealed = await stored(world, id)
    expect(sealed).not.toContain('a-new-token')
    expect(world.secrets.open(sealed, id)).toBe(CREDENTIALS)
    expect(world.secrets.open(sealed, 'con_other')).toBeNull()
    const events = await world.query('select type, body from ledger_events where subject = $1', [id])
    expect(events.map(({ type }) => type)).toEqual(['connection_mended'])
    expect(JSON.stringify(events)).not.toContain('a-new-token')
  })

  test.each(['approver', 'viewer', 'agent'] as const)('is not for %s', async (who) => {
    const { world } = its
    const id = await hubspotOf(world)
    const [before, rows] = [await stored(world, id), await world.rowCounts()]
    expect(refusal(await world.gate.replaceCredentials(world[who], id, CREDENTIALS))).toEqual({
      kind: 'not_permitted',
      why: 'Only admins and owners can connect platforms.',
    })
    expect([await stored(world, id), await world.rowCounts()]).toEqual([before, rows])
  })

  it('is not for one that the settings make: the next start would undo it', async () => {
    const { world } = its
    await world.query("update connections set id = 'con_settingshubspot' where id = $1", [await hubspotOf(world)])
    const id = await hubspotOf(world)
    const rows = await world.rowCounts()
    const before = await stored(world, id)
    expect(refusal(await world.gate.replaceCredentials(world.admin, id, CREDENTIALS))).toEqual({
      kind: 'not_permitted',
      why: 'It comes from the settings HUBSPOT_…, which every start takes up: change those, and restart.',
    })
    expect([await stored(world, id), await world.rowCounts()]).toEqual([before, rows])
  })

  it('knows no connection of anybody else', async () => {
    const { world } = its
    const rows = await world.rowCounts()
    expect(refusal(await world.gate.replaceCredentials(world.owner, world.newId('con'), CREDENTIALS))).toEqual({
      kind: 'not_found',
      what: 'the connection',
    })
    expect(await world.rowCounts()).toEqual(rows)
  })
})
