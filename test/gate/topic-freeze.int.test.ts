import { describe, expect, it } from 'vitest'
import { MAILCHIMP_SEED } from '../../connectors/mailchimp/sandbox-seed.ts'
import { openServer } from '../../core/postgres/database.ts'
import { decide } from '../support/decide.ts'
import { useWorld } from '../support/use-world.ts'
import { refusal, START, value, type World } from '../support/world.ts'

const HOUR = 3_600_000
const note = (body: string, contactId = '101') => ({ kind: 'hubspot.note.create', input: { contactId, body } })
const send = { kind: 'mailchimp.campaign.send', input: { campaignId: MAILCHIMP_SEED.campaignId } }
const later = { notBefore: new Date(START.getTime() + HOUR) }
const freeze = async (world: World, words: string) =>
  value(await world.gate.stop(world.viewer, { kind: 'topic', value: words }, 'A faulty batch'))
const FROZEN = {
  kind: 'stopped',
  what: 'everything about “Recall-X”',
  by: 'Viewer',
  at: START,
  reason: 'A faulty batch',
}

describe('a topic that is frozen', () => {
  const its = useWorld()

  it('refuses what mentions it on every channel, and nothing else', async () => {
    const { world } = its
    await freeze(world, 'Recall-X')
    const before = await world.rowCounts()
    const proposal = { ...note('Ask about recall-x'), reason: 'Season' }
    expect(refusal(await world.gate.proposeAction(world.agent, proposal, world.once()))).toEqual(FROZEN)
    const plan = { title: 'x', reason: 'x', steps: [note('Prefers mornings'), note('recall-x')] }
    expect(refusal(await world.gate.proposePlan(world.agent, plan, world.once()))).toEqual(FROZEN)
    expect(await world.rowCounts()).toEqual(before)
    expect((await world.propose(note('Ask about the recall'))).state).toBe('awaiting_approval')
  })

  it('takes back what was let through, by the time that it answers, and says why on its card', async () => {
    const { world } = its
    const mentions = await world.approve(await world.propose({ ...note('About recall-x'), ...later }))
    const other = await world.approve(await world.propose({ ...note('About braces'), ...later }))
    const waiting = await world.propose(note('Still recall-x'))
    expect((await freeze(world, 'Recall-X')).recalled).toBe(1)
    const back = await world.get(mentions.id)
    expect(back).toMatchObject({
      state: 'awaiting_approval',
      note: 'Viewer froze everything about “Recall-X”: A faulty batch. It waits until that is lifted.',
      frozenBy: { target: { kind: 'topic', value: 'Recall-X' }, reason: 'A faulty batch' },
    })
    expect((await world.get(other.id)).state).toBe('scheduled')
    for (const action of [back, await world.get(waiting.id)]) {
      const before = await world.rowCounts()
      expect(refusal(await decide(world, action, { decision: 'approve' }))).toEqual(FROZEN)
      expect(refusal(await decide(world, action, { decision: 'edit', input: action.input }))).toEqual(FROZEN)
      expect(await world.rowCounts()).toEqual(before)
    }
    // Without the wording it may go, and anybody may say no.
    const input = { contactId: '101', body: 'About braces' }
    expect(value(await decide(world, waiting, { decision: 'edit', input })).state).toBe('ready')
    expect(value(await decide(world, back, { decision: 'reject', reason: 'No' })).state).toBe('rejected')
  })

  it('finds it in what is on the platform, too', async () => {
    const { world } = its
    const action = await world.approve(await world.propose({ ...send, ...later }))
    expect(action.state).toBe('scheduled')
    // The seed's subject line.
    expect((await freeze(world, 'Check-ups')).recalled).toBe(1)
    expect((await world.get(action.id)).state).toBe('awaiting_approval')
  })

  it('is approved again once it is lifted, and the same freeze twice is one', async () => {
    const { world } = its
    const action = await world.approve(await world.propose({ ...note('About recall-x'), ...later }))
    const first = await freeze(world, 'Recall-X')
    expect((await freeze(world, 'Recall-X')).switch.id).toBe(first.switch.id)
    value(await world.gate.resume(world.owner, first.switch.id, null))
    expect((await world.approve(await world.get(action.id))).state).toBe('scheduled')
    world.pass(HOUR)
    await world.sweep()
    expect((await world.get(action.id)).state).toBe('executed')
  })

  it('goes back at its claim where the process ended before it was recalled', async () => {
    const { world } = its
    const action = await world.approve(await world.propose({ ...note('About recall-x'), ...later }))
    await world.query(
      `insert into switches (id, workspace_id, target_kind, target_value, by_id, by_name, at)
       values ('swt_x', $1, 'topic', 'recall-x', 'x', 'Viewer', $2)`,
      [world.workspaceId, START.toISOString()],
    )
    world.pass(HOUR)
    await world.sweep()
    expect(await world.get(action.id)).toMatchObject({ state: 'awaiting_approval', frozenBy: { by: 'Viewer' } })
    expect(world.hubspot.script.effects).toEqual({})
  })

  it('needs words', async () => {
    const { world } = its
    const before = await world.rowCounts()
    const said = refusal(await world.gate.stop(world.owner, { kind: 'topic', value: '…' }, null))
    expect(said).toMatchObject({ kind: 'malformed', problems: [{ path: 'target.value' }] })
    expect(await world.rowCounts()).toEqual(before)
  })
})

describe('races of a stop with claims, on a real Postgres', () => {
  const its = useWorld()

  it.each([
    ['a topic', { kind: 'topic', value: 'recall-x' } as const],
    ['a channel', { kind: 'channel', value: 'crm' } as const],
  ])('no claim of %s commits after the stop was answered', async (_what, target) => {
    const { world, database } = its
    if (!('url' in database)) throw new Error('Races need a server')
    const connections = openServer(String(database.url), { max: 10 })
    const other = await world.beside(connections)
    try {
      const actions = []
      for (let i = 0; i < 8; i += 1)
        actions.push(await world.approve(await world.propose({ ...note('recall-x', String(101 + i)), ...later })))
      world.pass(HOUR)
      const answered: { executing: readonly string[] } = { executing: [] }
      const stopping = (async () => {
        const stopped = value(await other.gate.stop(world.owner, target, null))
        answered.executing = stopped.executing.map(({ id }) => id)
        // Whatever was claimed by then; nothing is from here on.
        return new Set((await claims(world)).map(String))
      })()
      const sweeping = world.sweepOnce(50)
      const byThen = await stopping
      await sweeping
      await world.settled()
      await world.sweep()
      expect(new Set((await claims(world)).map(String))).toEqual(byThen)
      for (const { id } of actions) {
        const { state } = await world.get(id)
        if (!byThen.has(id)) expect(state).toBe(target.kind === 'topic' ? 'awaiting_approval' : 'scheduled')
        else expect(state).toBe('executed')
      }
      expect(answered.executing.every((id) => byThen.has(id))).toBe(true)
    } finally {
      await other.close()
      await connections.close()
    }
  })
})

const claims = async (world: World) =>
  (await world.query("select subject from ledger_events where type = 'claimed'")).map((row) => row['subject'])
