import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../core/postgres/database.ts'
import { embeddedDatabase, pooledDatabase, serverDatabase } from '../support/databases.ts'
import { createWorld, value, type World } from '../support/world.ts'

const update = { kind: 'hubspot.contact.update', input: { contactId: '101', phone: '+1 555 0199' } }

describe.each([
  ['a server', serverDatabase],
  ['a server behind a pooler', pooledDatabase],
  ['the embedded database', embeddedDatabase],
])('the main job on %s', (_name, open) => {
  let database: Database
  let world: World
  beforeAll(async () => {
    database = await open()
    world = await createWorld(database)
  })
  afterAll(async () => {
    await world.close()
    await database.close()
  })

  it('asks, approves, executes by the official client, and undoes exactly', async () => {
    const before = structuredClone(world.hubspot.state)
    const action = await world.propose(update)
    expect(action).toMatchObject({
      state: 'awaiting_approval',
      scope: 'crm_update.small',
      level: { inForce: 2, boundBy: 'no_grant' },
    })
    expect(world.hubspot.script.effects).toEqual({})

    const done = await world.approve(action)
    expect(done).toMatchObject({
      state: 'executed',
      receipt: { reference: '101' },
      decisions: [{ decision: 'approve', by: { name: 'Owner' } }],
    })
    expect(world.hubspot.script.effects).toEqual({ 'contact.update 101': 1 })

    const undone = value(await world.gate.undoAction(world.owner, action.id, { despiteChanges: false }))
    expect(undone.state).toBe('undone')
    expect(world.hubspot.state.contacts['101']?.properties).toEqual(before.contacts['101']?.properties)

    const events = await world.query(
      'select type, subject_version from ledger_events where subject = $1 order by subject_version',
      [action.id],
    )
    expect(events.map((row) => row['type'])).toEqual([
      'proposed',
      'approved',
      'claimed',
      'executed',
      'undo_claimed',
      'undone',
    ])
    expect(events.map((row) => row['subject_version'])).toEqual([1, 2, 3, 4, 5, 6])
  })
})
