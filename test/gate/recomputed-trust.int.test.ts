import { describe, expect, it } from 'vitest'
import { CAUSES } from '../../core/domain/decision.ts'
import type { ActionView } from '../../core/gate/views.ts'
import { trustRows } from '../support/trust-rows.ts'
import { useWorld } from '../support/use-world.ts'
import { refusal, value, type World } from '../support/world.ts'

const DAY = 24 * 3_600_000
const update = { kind: 'hubspot.contact.update', input: { contactId: '101', phone: '+1 555 0199' } }
const note = { kind: 'hubspot.note.create', input: { contactId: '101', body: 'Prefers mornings to afternoons.' } }

const its = useWorld({ forgetsRejections: true })

const rejecting = (action: ActionView) => ({
  actionId: action.id,
  decision: 'reject' as const,
  payloadHash: action.payloadHash ?? '',
  reason: 'Not now',
})

describe('recomputing', () => {
  it.each([1, 2, 3])('comes out the same bit for bit over a random history (%i)', async (seed) => {
    const { world } = its
    await randomHistory(world, seed)
    const before = await trustRows(world)
    expect(before.cells.length).toBeGreaterThan(1)
    expect(await kindsCounted(world)).toEqual(expect.arrayContaining(['approved', 'rejected', 'reversed']))
    const rb = value(await world.gate.rebuildTrust(world.admin))
    expect(await trustRows(world)).toEqual(before)
    expect(rb).toMatchObject({ corrected: 0 })

    await world.query('update trust_days set decisions = decisions + 1, severity_micros = 7')
    await world.query("update trust_cells set version = 99, state = jsonb_set(state, '{cell,drift}', '3')")
    await world.query('delete from trust_scopes')
    await world.query('update standings set level = 5, epoch = epoch + 1')
    expect(value(await world.gate.rebuildTrust(world.admin)).corrected).toBeGreaterThan(0)
    expect(await trustRows(world)).toEqual(before)
    expect(value(await world.gate.rebuildTrust(world.admin))).toMatchObject({ corrected: 0 })
  })

  it('refuses where a counted decision is missing, and changes nothing', async () => {
    const { world } = its
    const first = await world.propose(note)
    value(await world.gate.decideAction(world.owner, rejecting(first)))
    value(await world.gate.decideAction(world.owner, rejecting(await world.propose(note))))
    await world.query('alter table ledger_events disable trigger append_only')
    await world.query("delete from ledger_events where subject = $1 and type = 'rejected'", [first.id])
    await world.query('alter table ledger_events enable trigger append_only')
    const before = await trustRows(world)
    expect(refusal(await world.gate.rebuildTrust(world.admin))).toMatchObject({ kind: 'check_failed' })
    expect(await trustRows(world)).toEqual(before)
  })
})

async function kindsCounted(world: World): Promise<readonly string[]> {
  const rows = await world.query(
    `select distinct body::jsonb #>> '{body,trust,event,kind}' as kind from ledger_events
     where body::jsonb -> 'body' ? 'trust'`,
  )
  return rows.map(({ kind }) => String(kind))
}

/** Decisions of every sort by two agents over some days, in an order that follows from the seed. */
async function randomHistory(world: World, seed: number): Promise<void> {
  const { gate, owner } = world
  let state = seed
  const draw = (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
  for (let step = 0; step < 12; step += 1) await world.approve(await world.propose(update))
  world.pass(DAY)
  await world.sweep()
  for (let step = 0; step < 36; step += 1) {
    if (step === 0 || step === 20) await world.giveInLedger('crm_update.small', step === 0 ? 4 : 3)
    if (step === 12) await gate.reclaimLevel(owner, { what: 'crm_update' }, null)
    if (step === 16) await gate.handBack(owner, { what: 'crm_update' }, null)
    const body = `Prefers mornings, number ${draw(50)}.`
    const fingerprint = draw(3) === 0 ? { model: `m${draw(2)}`, prompt: `recall@${draw(2)}` } : {}
    const proposal = draw(2) === 0 ? update : { ...note, input: { contactId: '101', body } }
    const question = draw(6) === 0 ? { question: { about: 'people' as const, says: 'Is it the right one?' } } : {}
    const action = await world.propose({ ...proposal, fingerprint, ...question })
    const request = rejecting(action)
    const which = draw(5)
    if (action.state !== 'awaiting_approval') {
      if (which < 2) await gate.undoAction(owner, action.id, { despiteChanges: true, outside: which === 1 })
      if (draw(3) === 0)
        await gate.undoAction(owner, action.id, {
          despiteChanges: true,
          cause: CAUSES[draw(CAUSES.length)] ?? 'other',
        })
      // Said afterwards: what was taken comes back.
      if (draw(3) === 0)
        await gate.undoAction(owner, action.id, { despiteChanges: true, reason: 'Cancelled event', outside: true })
    } else if (which === 0)
      value(await gate.decideAction(owner, { ...request, severity: draw(2) === 0 ? 'critical' : 'preference' }))
    else if (which === 1 && proposal !== update)
      value(
        await gate.decideAction(owner, {
          ...request,
          decision: 'edit',
          input: { contactId: '101', body: `${body} Or not.` },
        }),
      )
    else {
      await world.approve(action)
      if (which === 2) await gate.undoAction(owner, action.id, { despiteChanges: true })
    }
    await world.settled()
    world.pass(draw(3) * 7 * 3_600_000)
    await world.sweep()
  }
  world.pass(2 * DAY)
  await world.sweep()
}
