import { describe, expect, it } from 'vitest'
import { changePhone } from '../support/change-phone.ts'
import { joins } from '../support/joins.ts'
import { useWorld } from '../support/use-world.ts'
import { refusal, value } from '../support/world.ts'

describe('a policy as a file', () => {
  const its = useWorld()

  it('is kept with its text, its author and its note, and says what is wrong with the line', async () => {
    const { world } = its
    const { gate, owner } = world
    const source = 'blocked_words: [guaranteed]\n# Our own words\nlevels:\n  crm_update: 3\n'
    const set = value(await gate.setPolicy(owner, source, 'For spring'))
    expect(set).toMatchObject({ version: 1, source, by: 'Owner', note: 'For spring', isInForce: true, waits: false })
    expect(set.document).toEqual({ blocked_words: ['guaranteed'], levels: { crm_update: 3 } })
    const wrong = await gate.setPolicy(owner, 'blocked_words: [free]\nlevels:\n  crm_update: 9\n', null)
    expect(refusal(wrong)).toMatchObject({
      kind: 'malformed',
      problems: [{ path: 'policy.levels.crm_update', says: expect.stringMatching(/^Line 3: /) }],
    })
    const broken = refusal(await gate.setPolicy(owner, 'levels: {crm_update: [', null))
    expect(broken.kind === 'malformed' && broken.problems[0]).toEqual({
      path: 'policy',
      says: expect.stringMatching(/^Line 1: /),
    })
    expect(value(await gate.listPolicies(owner))).toHaveLength(1)
  })

  it('is checked before it is put in force', async () => {
    const { world } = its
    value(await world.gate.setPolicy(world.owner, { amount: { cap: 1_000 } }, null))
    const checked = value(await world.gate.checkPolicy(world.owner, 'amount: {cap: 2000}'))
    expect(checked.differences).toEqual([{ path: 'amount.cap', was: '1000', is: '2000' }])
    expect(checked.needsOwner).toEqual(['the cap of one action'])
    expect(value(await world.gate.getPolicy(world.owner))).toMatchObject({
      version: 1,
      document: { amount: { cap: 1_000 } },
    })
  })

  it('is rolled back as a new version', async () => {
    const { world } = its
    const { gate, owner } = world
    value(await gate.setPolicy(owner, { blocked_words: ['free'] }, null))
    value(await gate.setPolicy(owner, { blocked_words: ['cheap'] }, null))
    expect(value(await gate.rollBackPolicy(owner, 1, null))).toMatchObject({
      version: 3,
      document: { blocked_words: ['free'] },
      note: 'Back to version 1',
      isInForce: true,
    })
    expect(refusal(await gate.rollBackPolicy(owner, 9, null))).toMatchObject({ kind: 'not_found' })
    // To loosen a cap by rolling back needs what loosening needs.
    value(await gate.setPolicy(owner, { amount: { cap: 1 } }, null))
    const admin = await joins(world, 'The-admin', 'admin')
    expect(refusal(await gate.rollBackPolicy(admin, 3, null))).toMatchObject({
      kind: 'not_permitted',
      why: 'Only an owner can loosen or remove the cap of one action.',
    })
  })

  it('waits for a second person where the policy asks for one', async () => {
    const { world } = its
    const { gate, owner } = world
    value(await gate.setPolicy(owner, { policy_changes: { second_person: true }, blocked_words: ['free'] }, null))
    const next = { policy_changes: { second_person: true }, blocked_words: ['555 0199'] }
    const admin = await joins(world, 'The-admin', 'admin')
    const waiting = value(await gate.setPolicy(admin, next, null))
    expect(waiting).toMatchObject({ version: 2, waits: true, isInForce: false })
    expect((await world.propose(changePhone())).state).toBe('awaiting_approval')
    expect(refusal(await gate.confirmPolicy(admin, 2))).toMatchObject({ kind: 'not_permitted' })
    expect(value(await gate.confirmPolicy(owner, 2))).toMatchObject({
      version: 2,
      isInForce: true,
      confirmedBy: ['Owner'],
    })
    expect((await world.propose(changePhone('+1 555 0199 x'))).state).toBe('blocked')
    // Once it is in force there is nothing left to agree to, and nothing happens twice.
    expect(value(await gate.confirmPolicy(owner, 2))).toMatchObject({ isInForce: true })
    // What somebody else overtook is not put in force over it.
    value(await gate.setPolicy(owner, { ...next, blocked_words: ['a'] }, null))
    value(await gate.setPolicy(owner, { ...next, blocked_words: ['b'] }, null))
    value(await gate.confirmPolicy(admin, 4))
    expect(refusal(await gate.confirmPolicy(admin, 3))).toMatchObject({ kind: 'not_permitted' })
  })

  it('of two who confirm at once one puts it in force', async () => {
    const { world } = its
    const { gate, owner } = world
    value(await gate.setPolicy(owner, { policy_changes: { second_person: true } }, null))
    const [a, b] = [await joins(world, 'The-admin', 'admin'), await joins(world, 'The-owner', 'owner')]
    value(await gate.setPolicy(owner, { policy_changes: { second_person: true }, blocked_words: ['x'] }, null))
    await Promise.all([gate.confirmPolicy(a, 2), gate.confirmPolicy(b, 2)])
    const events = await world.query("select 1 from ledger_events where type = 'policy_confirmed'")
    expect(events).toHaveLength(1)
  })
})
