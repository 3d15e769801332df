import { expect, it } from 'vitest'
import type { NoticeId } from '../../core/domain/ids.ts'
import { isDrawn } from '../../core/domain/trust/audit-draw.ts'
import { digestOf } from '../../core/gate/draw-audits.ts'
import { useWorld } from '../support/use-world.ts'
import { refusal, value, type World } from '../support/world.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const SCOPE = 'crm_update.small'
const note = { kind: 'hubspot.note.create', input: { contactId: '101', body: 'Prefers mornings to afternoons.' } }

const its = useWorld()

const audits = (world: World) => world.query("select id, body, once from notices where kind = 'audit' order by once")

/** A week of work at level 4 until so many of it will be drawn, and the Tuesday after it. */
async function aWeekAlone(world: World, wanted: number): Promise<readonly string[]> {
  await world.letEarn(SCOPE, 4)
  const drawn: string[] = []
  while (drawn.length < wanted) {
    const { id } = await world.propose(note)
    if (isDrawn(digestOf(world.context.secrets.derive(`audit-draw:${world.workspaceId}`), id))) drawn.push(id)
    world.pass(MINUTE)
  }
  world.pass(6 * DAY + 6 * HOUR)
  await world.sweep()
  return drawn
}

it('draws one in ten of a week’s work alone by a keyed hash, three at most, once', async () => {
  const { world } = its
  const drawn = await aWeekAlone(world, 4)
  await world.reviewTrust()
  await world.reviewTrust()
  const asked = (await audits(world)).map(({ once }) => String(once).split('/')[1])
  expect(asked).toHaveLength(3)
  expect(drawn).toEqual(expect.arrayContaining(asked))
  world.pass(DAY)
  await world.reviewTrust()
  expect(await audits(world)).toHaveLength(asked.length)
})

it('draws as many as the policy that holds for each says, and not more than the most of them', async () => {
  const { world } = its
  const owner = world.owner
  value(await world.gate.setPolicy(owner, {}, null))
  value(await world.gate.setPolicy(owner, { audits_per_week: 5 }, null, { kind: note.kind }))
  await aWeekAlone(world, 6)
  await world.reviewTrust()
  expect(await audits(world)).toHaveLength(5)
})

it('draws no more where a trial holds for something else', async () => {
  const { world } = its
  value(await world.gate.setPolicy(world.owner, {}, null))
  value(await world.gate.setPolicy(world.owner, { audits_per_week: 5 }, null, { kind: 'hubspot.task.create' }))
  await aWeekAlone(world, 4)
  await world.reviewTrust()
  expect(await audits(world)).toHaveLength(3)
})

it('counts what a person says in place of the silence, once', async () => {
  const { world } = its
  await aWeekAlone(world, 2)
  await world.reviewTrust()
  const [first, second] = await audits(world)
  if (!first || !second) throw new Error('Two were drawn')
  const before = value(await world.gate.explainTrust(world.owner, SCOPE))
  // safe, both: ids of notices
  const [good, bad] = [first['id'] as NoticeId, second['id'] as NoticeId]
  expect(refusal(await world.gate.answerNotice(world.owner, good, 'dismiss')).kind).toBe('malformed')
  expect(refusal(await world.gate.answerNotice(world.viewer, good, 'looks_good')).kind).toBe('not_permitted')
  value(await world.gate.answerNotice(world.approver, good, 'looks_good'))
  expect(refusal(await world.gate.answerNotice(world.owner, good, 'not_right')).kind).toBe('already_answered')
  const after = value(await world.gate.explainTrust(world.owner, SCOPE))
  expect(after.decisions).toBe(before.decisions)
  const cell = after.cells.find(({ scenario, agentId }) => scenario === note.kind && agentId === world.agent.id)
  expect(cell).toMatchObject({ cycles: 1, correct: 1, correctActions: 1 })

  value(await world.gate.answerNotice(world.owner, bad, 'not_right'))
  const fallen = value(await world.gate.explainTrust(world.owner, SCOPE))
  expect(fallen.exactScore).toBeLessThanOrEqual(after.exactScore - 15)
  expect((await world.propose(note)).level).toMatchObject({ inForce: 2, boundBy: 'lock' })
})
