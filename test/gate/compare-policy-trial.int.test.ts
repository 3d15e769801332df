import { describe, expect, it, test } from 'vitest'
import type { TrialComparison, TrialComparisonLine } from '../../core/gate/compare-policy-trial.ts'
import { changePhone } from '../support/change-phone.ts'
import { useWorld } from '../support/use-world.ts'
import { refusal, value } from '../support/world.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const note = (body: string) => ({ kind: 'hubspot.note.create', input: { contactId: '101', body } })
const TWO_CENTS = { cost_per_person: { 'hubspot.note.create': 2, 'hubspot.contact.update': 2 } }

const its = useWorld()

/** Puts a version on trial for notes; the id of the trial. */
async function onTrial(document: object) {
  const { gate, owner } = its.world
  value(await gate.setPolicy(owner, document, null, { kind: 'hubspot.note.create' }))
  const trial = value(await gate.getPolicy(owner)).trials.at(-1)
  if (!trial) throw new Error('There is no trial')
  return trial.id
}

async function linesOf(id: Awaited<ReturnType<typeof onTrial>>, days = 0): Promise<readonly TrialComparisonLine[]> {
  const lines: TrialComparisonLine[] = []
  for await (const line of value(await its.world.gate.comparePolicyTrial(its.world.admin, id, days))) lines.push(line)
  return lines
}

async function compare(id: Awaited<ReturnType<typeof onTrial>>, days = 0): Promise<TrialComparison> {
  const last = (await linesOf(id, days)).at(-1)
  if (last?.line !== 'result') throw new Error('There was no result')
  return last.comparison
}

describe('a trial that is looser in its scope', () => {
  async function looser() {
    const { world } = its
    const { gate, owner } = world
    value(await gate.setPolicy(owner, { levels: { crm_update: 2 } }, null))
    await world.letEarn('crm_update.small', 4)
    const before = await world.propose(note('Before the trial'))
    world.pass(HOUR)
    const id = await onTrial({ levels: { crm_update: 4 }, blocked_words: ['overdue'] })
    world.pass(HOUR)
    const alone = await world.propose(note('By itself'))
    await world.settled()
    value(await gate.undoAction(owner, alone.id, { despiteChanges: true }))
    await world.settled()
    const blocked = await world.propose(note('They are overdue'))
    const elsewhere = await world.propose(changePhone('+1 555 0177'))
    world.pass(HOUR)
    return { id, before, alone, blocked, elsewhere }
  }

  it('is shown beside what is in force for the rest, since it began', async () => {
    const { id, alone, blocked } = await looser()
    const result = await compare(id)
    expect(result).toMatchObject({
      versions: { onTrial: 2, inForce: 1 },
      total: {
        actions: 2,
        onTrial: { courses: { ran: 1, asked: 0, blocked: 1 }, letThrough: 1 },
        inForce: { courses: { ran: 0, asked: 2, blocked: 0 }, letThrough: 0, heldBack: 1 },
      },
      before: null,
      stricter: 1,
      looser: 1,
    })
    expect(result.total.inForce.reviewSeconds).toBeGreaterThan(result.total.onTrial.reviewSeconds)
    expect(result.examples).toMatchObject([
      { id: blocked.id, because: expect.stringContaining('“overdue”'), saysInForce: 'A person would have been asked.' },
      {
        id: alone.id,
        saysDid: 'It ran without a person, and was taken back.',
        saysOnTrial: 'It would have run without a person.',
        because: expect.stringMatching(/the policy allows level 2 at most here/),
      },
    ])
    expect(result.concludes).toMatch(/too few to say so: wait for 30\.$/)
  })

  it('is compared over the days before, too, where they are asked for', async () => {
    const { id, before } = await looser()
    const result = await compare(id, 7)
    expect(result).toMatchObject({
      total: { actions: 3 },
      sinceStart: { actions: 2 },
      before: { actions: 1, onTrial: { courses: { ran: 1 } }, inForce: { courses: { asked: 1 } } },
    })
    expect(result.examples.map((one) => one.id)).toContain(before.id)
  })

  it('tells how far it is, and writes nothing', async () => {
    const { id } = await looser()
    const before = await its.world.rowCounts()
    const lines = await linesOf(id)
    // What is elsewhere is read as well.
    expect(lines.slice(0, 2)).toEqual([0, 3].map((done) => ({ line: 'progress', done, of: 3 })))
    expect(await its.world.rowCounts()).toEqual(before)
  })
})

it('counts what is elsewhere in budgets that both share, and compares it not', async () => {
  const { world } = its
  value(await world.gate.setPolicy(world.owner, { ...TWO_CENTS, budget: { day: { cap: 4 } } }, null))
  const id = await onTrial({ ...TWO_CENTS, budget: { day: { cap: 6 } } })
  world.pass(HOUR)
  for (const phone of ['+1 555 0101', '+1 555 0102']) await world.approve(await world.propose(changePhone(phone)))
  await world.approve(await world.propose(note('The third')))
  world.pass(HOUR)
  expect((await compare(id)).total).toMatchObject({
    actions: 1,
    onTrial: { courses: { asked: 1, blocked: 0 } },
    inForce: { courses: { asked: 0, blocked: 1 } },
  })
})

it('has nothing to compare before anything was proposed', async () => {
  const id = await onTrial({ blocked_words: ['overdue'] })
  expect(await compare(id)).toMatchObject({
    total: { actions: 0 },
    concludes: 'There is nothing to compare yet: nothing was proposed here in that time.',
  })
})

it('is refused for a trial that has ended, and for days out of range', async () => {
  const { gate, owner } = its.world
  const id = await onTrial({ blocked_words: ['overdue'] })
  for (const days of [-1, 366, 1.5])
    expect(refusal(await gate.comparePolicyTrial(owner, id, days))).toMatchObject({
      kind: 'malformed',
      problems: [{ path: 'days' }],
    })
  value(await gate.endPolicyTrial(owner, id, 'withdrawn'))
  expect(refusal(await gate.comparePolicyTrial(owner, id, 0))).toMatchObject({ kind: 'not_found' })
})

test.each(['viewer', 'approver', 'agent'] as const)('is nothing for a %s', async (who) => {
  const id = await onTrial({ blocked_words: ['overdue'] })
  expect(refusal(await its.world.gate.comparePolicyTrial(its.world[who], id, 0))).toMatchObject({
    kind: 'not_permitted',
  })
})

it('looks back as far as its days go', async () => {
  const { world } = its
  await world.propose(note('Long ago'))
  world.pass(3 * DAY)
  const id = await onTrial({ blocked_words: ['overdue'] })
  world.pass(HOUR)
  expect((await compare(id, 2)).total.actions).toBe(0)
  expect((await compare(id, 4)).total.actions).toBe(1)
})
