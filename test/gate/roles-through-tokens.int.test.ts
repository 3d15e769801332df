import { describe, expect, it } from 'vitest'
import type { Actor } from '../../core/domain/people.ts'
import { createApp } from '../../core/http/app.ts'
import { request } from '../support/http-app.ts'
import { inSlack, takesToken } from '../support/issued-tokens.ts'
import { type Joined, joins } from '../support/joins.ts'
import { useWorld } from '../support/use-world.ts'
import { refusal, value, type World } from '../support/world.ts'

const its = useWorld()

const asMember = (actor: Actor | null): Joined => {
  if (actor?.kind !== 'member') throw new Error('It is a member')
  return actor
}

/** Mo may decide about audiences alone and adds No, whose token he keeps; an owner makes No an owner later. */
async function people(world: World) {
  const mo = await joins(world, 'Mo', 'admin', { categories: ['audience'] })
  const no = { name: 'No', email: 'no@example.com', role: 'approver' as const }
  const { member, token } = value(await world.gate.addMember(mo, no))
  value(await world.gate.changeMember(world.owner, member.id, { role: 'owner', limits: null }))
  const comesIn = async () => asMember(await world.gate.authenticate(token))
  return { mo, token, no: await comesIn(), comesIn }
}

async function refused(world: World, what: Promise<Parameters<typeof refusal>[0]>): Promise<void> {
  const before = await world.rowCounts()
  expect(refusal(await what).kind).toBe('not_permitted')
  expect(await world.rowCounts()).toEqual(before)
}

describe('over a token that somebody else had issued', () => {
  it('a member has the lowest role of all who hold it, in everything that goes by roles', async () => {
    const { world } = its
    const { mo, no } = await people(world)
    expect(no).toMatchObject({ role: 'admin', lowered: { by: { name: 'Mo', role: 'admin' }, from: 'owner' } })
    value(await world.gate.setPolicy(world.owner, { amount: { cap: 10 } }, null))
    await refused(world, world.gate.changeMember(no, mo.id, { limits: null }))
    await refused(world, world.gate.changeMember(no, mo.id, { role: 'owner' }))
    await refused(world, world.gate.setPolicy(no, { amount: { cap: 99_999_999 } }, null))
    await refused(world, world.gate.setStandingConsent(no, 'crm_update', 4))
    await refused(world, world.gate.addMember(no, { name: 'Cy', email: 'cy@example.com', role: 'owner' }))
    await refused(world, world.gate.issueToken(no, mo.id))
    const bo = { name: 'Bo', email: 'bo@example.com', role: 'approver' as const }
    expect(value(await world.gate.addMember(no, bo)).member.limits).toEqual({ categories: ['audience'] })
  })

  it('so also who was let in before and asks by the role in force', async () => {
    const { world } = its
    const { mo, no } = await people(world)
    const before = { ...no, role: 'owner' as const }
    await refused(world, world.gate.changeMember(before, mo.id, { limits: null }))
    await refused(world, world.gate.issueToken(before, mo.id))
  })

  it('a press in Slack, and a token taken there, have the own role', async () => {
    const { world } = its
    const { mo, no } = await people(world)
    await world.gate.linkSlackUserByEmail(world.workspaceId, 'U42', 'no@example.com')
    const press = await world.gate.memberOfSlackUser(world.workspaceId, 'U42')
    expect(press).toMatchObject({ role: 'owner' })
    const own = await takesToken(world, no)
    expect(own.role).toBe('owner')
    expect(own).not.toHaveProperty('lowered')
    value(await world.gate.changeMember(own, mo.id, { limits: null }))
    value(await world.gate.changeMember(inSlack(no), mo.id, { role: 'viewer' }))
  })

  it.each([
    ['who left', { disabled: true }],
    ['who only looks now', { role: 'viewer' as const }],
  ])('of somebody %s, a member only looks', async (_what, change) => {
    const { world } = its
    const { mo, comesIn } = await people(world)
    value(await world.gate.changeMember(world.owner, mo.id, change))
    const no = await comesIn()
    expect(no).toMatchObject({ role: 'viewer', lowered: { from: 'owner' } })
    value(await world.gate.listMembers(no))
    await refused(world, world.gate.createAgent(no, { name: 'Another' }))
  })

  it('an owner’s lowers nobody, and the role that comes back counts again', async () => {
    const { world } = its
    const { mo, comesIn } = await people(world)
    value(await world.gate.changeMember(world.owner, mo.id, { role: 'owner' }))
    const no = await comesIn()
    expect(no.role).toBe('owner')
    expect(no).not.toHaveProperty('lowered')
    expect(asMember(await world.gate.authenticate(world.tokens.owner)).role).toBe('owner')
  })

  it('what is refused says what to do', async () => {
    const { world } = its
    const { mo, token } = await people(world)
    const app = createApp({
      gate: world.gate,
      kinds: world.context.kinds,
      publicUrl: 'http://localhost',
      version: '0.1.0',
      requestId: () => 'req_1',
      readiness: () => Promise.resolve({ checks: [] }),
      docsAsset: () => Promise.resolve(null),
      logger: { warn: () => undefined, error: () => undefined },
    })
    const asked = request(`/v1/members/${mo.id}`, { method: 'PATCH', body: { role: 'owner' }, bearer: token })
    const answer = (await (await app.request(asked)).json()) as { readonly detail: string }
    expect(answer.detail).toBe(
      'Only an owner can change roles. Your token was issued by Mo, who is an admin. In Slack, or with a token taken there (/tenure token), you are an owner.',
    )
  })
})
