import { describe, expect, it, test } from 'vitest'
import { BEGINNING, NO_HEAD, readSeal } from '../../core/domain/seal.ts'
import { makeSeal } from '../../core/gate/make-seal.ts'
import { createLedgerKey } from '../../core/postgres/ledger-key.ts'
import { embeddedDatabase, serverDatabase } from '../support/databases.ts'
import { asIntruder, exported, verified, verify } from '../support/ledger.ts'
import { useWorld } from '../support/use-world.ts'
import { refusal, value, type World } from '../support/world.ts'

/** Some history: two grants, a stop and its end. */
async function history(world: World): Promise<void> {
  value(await world.gate.setGrant(world.owner, 'crm_update.small', 1, { reason: 'Twenty good ones' }))
  value(await world.gate.setGrant(world.owner, 'crm_update.small', 2, {}))
  const { switch: stop } = value(await world.gate.stop(world.owner, { kind: 'workspace' }, 'A look first'))
  value(await world.gate.resume(world.owner, stop.id, 'All good'))
}

describe.each([
  ['a server', serverDatabase],
  ['the embedded database', embeddedDatabase],
])('the ledger on %s', (_name, open) => {
  const its = useWorld({}, open)

  it('is sealed in a chain that verifies, today and from a head of yesterday', async () => {
    const { world } = its
    expect(await world.sealLedger()).toEqual({ batches: 0, events: 0, lagMs: 0, obstacles: [] })
    expect(refusal(await world.gate.ledgerHead(world.owner)).kind).toBe('not_found')
    await history(world)
    expect(await verify(world)).toMatchObject({ found: 0, seals: 0, unsealed: { events: 4 } })
    expect(await world.sealLedger()).toMatchObject({ batches: 1, events: 4, lagMs: 0 })
    const yesterday = value(await world.gate.ledgerHead(world.owner))
    world.pass(86_400_000)
    await history(world)
    await world.sealLedger()
    const report = await verify(world, yesterday)
    expect(report).toMatchObject({
      found: 0,
      findings: [],
      seals: 2,
      events: 8,
      kept: 'found',
      unsealed: { events: 0 },
      adoptions: [],
      erased: 0,
    })
    expect(await verify(world, { batch: null, head: yesterday.head })).toMatchObject({ found: 0, kept: 'found' })
  })

  it('does nothing where nothing is new', async () => {
    const { world } = its
    await history(world)
    await world.sealLedger()
    const before = await world.rowCounts()
    expect(await world.sealLedger()).toMatchObject({ batches: 0, events: 0 })
    expect(await world.rowCounts()).toEqual(before)
  })

  it('loses what people wrote when it is erased, and stays intact', async () => {
    const { world } = its
    await history(world)
    await world.sealLedger()
    expect(value(await world.gate.eraseDetails(world.admin, 'grant:crm_update.small'))).toEqual({ erased: 1 })
    expect(await verify(world)).toMatchObject({ found: 0, erased: 1 })
    expect(JSON.stringify(await exported(world))).not.toContain('Twenty good ones')
    expect(await world.events('erasure:grant:crm_update.small')).toEqual(['details_erased'])
    const before = await world.rowCounts()
    expect(refusal(await world.gate.eraseDetails(world.owner, 'grant:crm_update.small')).kind).toBe('not_found')
    expect(await world.rowCounts()).toEqual(before)
  })

  it('goes on after a restore that an owner adopts', async () => {
    const { world } = its
    await history(world)
    await world.sealLedger()
    const backup = value(await world.gate.ledgerHead(world.owner))
    // Heads that were given out after the backup was made; the restored database knows nothing of them.
    const lost = { batch: backup.batch + 20, head: 'ab'.repeat(32) }
    const between = { batch: backup.batch + 5, head: 'cd'.repeat(32) }
    expect(await verify(world, lost)).toMatchObject({ kept: 'missing', findings: [{ kind: 'cut_off' }] })
    const adopted = value(await world.gate.adoptLedger(world.owner, { reason: 'Restored', lost }))
    expect(adopted.batch).toBe(lost.batch + 1)
    await history(world)
    await world.sealLedger()
    for (const kept of [lost, between])
      expect(await verify(world, kept)).toMatchObject({ found: 0, kept: 'declared_lost' })
    for (const kept of [backup, adopted]) expect(await verify(world, kept)).toMatchObject({ found: 0, kept: 'found' })
    const { adoptions } = await verify(world)
    expect(adoptions).toMatchObject([{ batch: 22, after: 1, adoption: { by: world.owner.id, lost } }])
    expect(await verify(world, { batch: 23, head: 'ef'.repeat(32) })).toMatchObject({
      findings: [{ kind: 'head_not_found', batch: 23 }],
    })
  })
})

describe('who may', () => {
  const its = useWorld()

  test.each(['agent', 'viewer', 'approver'] as const)('an agent, a viewer, an approver: not %s', async (who) => {
    const { world } = its
    await history(world)
    const actor = world[who]
    const before = await world.rowCounts()
    for (const answer of [
      await world.gate.ledgerHead(actor),
      await world.gate.exportLedger(actor, { details: true }),
      await world.gate.adoptLedger(actor, { reason: 'x', lost: null }),
      await world.gate.eraseDetails(actor, 'grant:crm_update.small'),
    ])
      expect(refusal(answer).kind).toBe('not_permitted')
    expect(await world.rowCounts()).toEqual(before)
  })

  it('an admin reads and erases, and does not adopt', async () => {
    const { world } = its
    await history(world)
    await world.sealLedger()
    expect(value(await world.gate.ledgerHead(world.admin)).batch).toBe(1)
    const before = await world.rowCounts()
    expect(refusal(await world.gate.adoptLedger(world.admin, { reason: 'x', lost: null })).kind).toBe('not_permitted')
    expect(await world.rowCounts()).toEqual(before)
  })

  it('nobody adopts away what is there', async () => {
    const { world } = its
    await history(world)
    await world.sealLedger()
    const { head, batch } = value(await world.gate.ledgerHead(world.owner))
    const before = await world.rowCounts()
    for (const lost of [
      { batch, head },
      { batch: 0, head: 'ab'.repeat(32) },
    ])
      expect(refusal(await world.gate.adoptLedger(world.owner, { reason: 'x', lost }))).toMatchObject({
        kind: 'malformed',
        problems: [{ path: 'lost' }],
      })
    expect(await world.rowCounts()).toEqual(before)
  })
})

describe('keys', () => {
  const its = useWorld()

  it('another key seals nothing until an owner adopts the ledger, and then says so', async () => {
    const { world } = its
    await history(world)
    await world.sealLedger()
    await history(world)
    const other = createLedgerKey(new Uint8Array(32).fill(7))
    const second = await world.beside(its.database, { ledgerKey: other })
    const before = await world.rowCounts()
    expect(await second.sealLedger()).toMatchObject({
      batches: 0,
      obstacles: [{ workspaceId: world.workspaceId, obstacle: 'other_key' }],
    })
    expect(await world.rowCounts()).toEqual(before)
    value(await second.gate.adoptLedger(world.owner, { reason: 'The key was changed', lost: null }))
    expect(await second.sealLedger()).toMatchObject({ batches: 1, obstacles: [] })
    const lines = []
    for await (const line of value(await second.gate.exportLedger(world.owner, { details: true }))) lines.push(line)
    const report = verified(lines)
    expect(report).toMatchObject({ found: 0, seals: 3, adoptions: [{ batch: 2 }] })
    expect(report.keys).toHaveLength(2)
    // The gate's own key is not the one that the newest seal names.
    expect(await verify(world)).toMatchObject({ found: 1, findings: [{ kind: 'other_key', batch: 3 }] })
    await second.close()
  })

  it('a last seal that was tampered with is not built upon', async () => {
    const { world } = its
    await history(world)
    await world.sealLedger()
    await asIntruder(world, 'update ledger_seals set signature = reverse(left(signature, 80)) || right(signature, 8)')
    await history(world)
    expect(await world.sealLedger()).toMatchObject({ batches: 0, obstacles: [{ obstacle: 'last_seal_changed' }] })
    expect(await verify(world)).toMatchObject({ findings: [{ kind: 'signature_forged', batch: 1 }] })
  })
})

describe('a database that was restored into another one', () => {
  const its = useWorld()

  /** The one seal of the world over its first events, as the other database would have made it. */
  async function sealAnew(world: World, count: number): Promise<void> {
    const rows = await world.query(
      'select id::text as id, tx::text as tx, body from ledger_events order by ledger_events.tx, ledger_events.id limit $1',
      [count],
    )
    const events = rows.map(({ id, tx, body }) => ({ id: String(id), tx: String(tx), body: String(body) }))
    const { tx, id } = events.at(-1) ?? BEGINNING
    const { seal, ...made } = makeSeal(world.ledgerKey, events, {
      workspace: world.workspaceId,
      batch: 1,
      previous: NO_HEAD,
      last: { era: 0, tx, id },
      eraFrom: '0',
      highestId: id,
      horizon: tx,
      at: world.now().toISOString(),
      adoption: null,
    })
    await asIntruder(
      world,
      'update ledger_seals set last_tx = $1::text::xid8, head = $2, text = $3, signature = $4, leaves = $5',
      [seal.last.tx, made.head, made.text, made.signature, made.leaves],
    )
  }

  it('counts transactions anew: nothing is sealed until it is adopted, and then everything once', async () => {
    const { world } = its
    await history(world)
    await world.sealLedger()
    await history(world)
    // As after a restore: what is there has numbers that this database will not give out for long.
    await asIntruder(world, 'update ledger_events set tx = (tx::text::bigint + 1000000)::text::xid8')
    await sealAnew(world, 4)
    await history(world)
    expect(await world.sealLedger()).toMatchObject({ batches: 0, obstacles: [{ obstacle: 'count_went_back' }] })
    value(await world.gate.adoptLedger(world.owner, { reason: 'Restored elsewhere', lost: null }))
    await world.sealLedger()
    const report = await verify(world)
    expect(report).toMatchObject({ found: 0, events: 13, unsealed: { events: 0 }, adoptions: [{ batch: 2 }] })
    await history(world)
    await world.sealLedger()
    expect(await verify(world)).toMatchObject({ found: 0, events: 17, unsealed: { events: 0 } })
    const seals = (await exported(world)).flatMap((line) => (line.line === 'seal' ? [readSeal(line.text)] : []))
    expect(seals.map((seal) => seal?.last.era)).toEqual([0, 1, 1, 1])
  })
})
