import { describe, expect, it } from 'vitest'
import { joins } from '../support/joins.ts'
import { useWorld } from '../support/use-world.ts'
import { refusal, value } from '../support/world.ts'

const note = (body: string) => ({ kind: 'hubspot.note.create', input: { contactId: '101', body } })

describe('a version on trial', () => {
  const its = useWorld()

  it('holds for its scope alone, until it holds everywhere', async () => {
    const { world } = its
    const { gate, owner } = world
    value(await gate.setPolicy(owner, {}, null))
    const strict = { blocked_words: ['overdue'] }
    value(await gate.setPolicy(owner, strict, null, { kind: 'hubspot.note.create' }))
    expect(value(await gate.getPolicy(owner))).toMatchObject({ version: 1, trials: [{ version: 2 }] })
    const there = await world.propose(note('They are overdue'))
    expect(there).toMatchObject({ state: 'blocked', policyVersion: 2 })
    const elsewhere = await world.propose({
      kind: 'hubspot.task.create',
      input: { contactId: '101', subject: 'overdue', dueAt: '2026-03-10T09:00:00Z' },
    })
    expect(elsewhere).toMatchObject({ state: 'awaiting_approval', policyVersion: 1 })
    const [trial] = value(await gate.getPolicy(owner)).trials
    if (!trial) throw new Error('There is no trial')
    value(await gate.endPolicyTrial(owner, trial.id, 'promoted'))
    expect(value(await gate.getPolicy(owner))).toMatchObject({ version: 2, document: strict, trials: [] })
    // What became stricter is not approved unseen.
    expect(
      refusal(
        await gate.decideAction(owner, {
          actionId: elsewhere.id,
          decision: 'approve',
          payloadHash: elsewhere.payloadHash ?? '',
        }),
      ),
    ).toMatchObject({ kind: 'stricter_now' })
    expect(refusal(await gate.endPolicyTrial(owner, trial.id, 'withdrawn'))).toMatchObject({ kind: 'not_found' })
  })

  it('ends by two where changes need a second person, unless it only allowed more', async () => {
    const { world } = its
    const { gate, owner } = world
    const words = { blocked_words: ['overdue'] }
    const together = { policy_changes: { second_person: true } }
    const trials = async () => value(await gate.getPolicy(owner)).trials
    value(await gate.setPolicy(owner, { amount: { cap: 10 } }, null))
    value(await gate.setPolicy(owner, { ...words, ...together }, null, { kind: 'hubspot.note.create' }))
    value(await gate.setPolicy(owner, { amount: { cap: 90 } }, null, { kind: 'hubspot.task.create' }))
    value(await gate.setPolicy(owner, { amount: { cap: 10 }, ...together }, null))
    const [strict, loose] = [...(await trials())].sort((a, b) => a.version - b.version)
    if (!strict || !loose) throw new Error('There are two trials')
    for (const outcome of ['promoted', 'withdrawn'] as const)
      expect(refusal(await gate.endPolicyTrial(owner, strict.id, outcome))).toMatchObject({
        kind: 'not_permitted',
        why: expect.stringMatching(
          /^Changes need a second person.* propose what .*, so that somebody else can confirm it/,
        ),
      })
    expect(refusal(await gate.endPolicyTrial(owner, loose.id, 'promoted'))).toMatchObject({ kind: 'not_permitted' })
    value(await gate.endPolicyTrial(owner, loose.id, 'withdrawn'))
    const { version } = value(await gate.setPolicy(owner, { ...words, ...together }, null))
    value(await gate.confirmPolicy(await joins(world, 'The-owner', 'owner'), version))
    expect(await trials()).toEqual([])
  })

  it('that is withdrawn leaves nothing behind', async () => {
    const { world } = its
    const { gate, owner } = world
    value(await gate.setPolicy(owner, { blocked_words: ['overdue'] }, null, { channel: 'crm' }))
    const [trial] = value(await gate.getPolicy(owner)).trials
    if (!trial) throw new Error('There is no trial')
    expect((await world.propose(note('They are overdue'))).state).toBe('blocked')
    value(await gate.endPolicyTrial(owner, trial.id, 'withdrawn'))
    expect((await world.propose(note('They are overdue'))).state).toBe('awaiting_approval')
  })
})

describe('a trial', () => {
  const its = useWorld()

  it('ends when something is tightened that it does not have', async () => {
    const { world } = its
    const { gate, owner } = world
    value(await gate.setPolicy(owner, {}, null))
    value(await gate.setPolicy(owner, { blocked_words: ['a'] }, null, { kind: 'hubspot.contact.update' }))
    value(await gate.setPolicy(owner, { tone: { max_emoji: 3 } }, null))
    expect(value(await gate.getPolicy(owner)).trials).toHaveLength(1)
    value(await gate.setPolicy(owner, { amount: { cap: 100 } }, null))
    expect(value(await gate.getPolicy(owner)).trials).toEqual([])
  })
})
