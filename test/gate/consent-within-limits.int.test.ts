import { describe, expect, it } from 'vitest'
import type { ApproverLimits } from '../../core/domain/approver-limits.ts'
import { approveMany, earnThree, proposed } from '../support/earn-by-work.ts'
import { added, inSlack } from '../support/issued-tokens.ts'
import { joins } from '../support/joins.ts'
import { refused } from '../support/refused.ts'
import { useWorld } from '../support/use-world.ts'
import { WALLS } from '../support/walls.ts'
import { value } from '../support/world.ts'

const SCOPE = 'crm_update.small'
const its = useWorld({ policy: WALLS })

describe('an admin with limits', () => {
  it.each<[string, ApproverLimits, string]>([
    [
      'to other categories',
      { categories: ['audience'] },
      'It is about CRM updates; you may decide audience changes. An owner can let it run by itself.',
    ],
    [
      'to other channels',
      { channels: ['email'] },
      'It goes out over the CRM; you may decide email. An owner can let it run by itself.',
    ],
    [
      'of an amount',
      { amountMinor: 5_000 },
      'You may approve up to $50.00, and a level knows no such limit. An owner can let it run by itself.',
    ],
  ])('%s consents to no level beyond them', async (_what, limits, says) => {
    const { world } = its
    const mo = await joins(world, 'Mo', 'admin', limits)
    await approveMany(world, 31)
    const { id } = await proposed(world)
    expect(await refused(world, () => world.gate.decidePromotion(mo, id, 'grant', null))).toBe(says)
    expect(await refused(world, () => world.gate.setGrant(mo, SCOPE, 3, {}))).toBe(says)
    value(
      await world.gate.changeMember(world.owner, mo.id, { limits: { categories: ['crm_update'], channels: ['crm'] } }),
    )
    value(await world.gate.decidePromotion(mo, id, 'grant', null))
  })

  it('brings nothing back beyond them: not by handing back, by a renewal or by the end of an observation', async () => {
    const { world } = its
    const mo = await joins(world, 'Mo', 'admin', { categories: ['audience'] })
    await earnThree(world)
    value(await world.gate.setGrant(mo, SCOPE, 1, {}))
    expect(await refused(world, () => world.gate.setGrant(mo, SCOPE, 3, {}))).toContain('It is about CRM updates')
    value(await world.gate.setGrant(mo, SCOPE, 2, {}))
    expect(await refused(world, () => world.gate.handBack(mo, { what: SCOPE }, null))).toContain('about CRM updates')
    value(await world.gate.handBack(world.owner, { what: SCOPE }, null))
    world.pass((114 - 10) * 86_400_000)
    await world.reviewTrust()
    const [soon] = await world.query("select id from notices where kind = 'lapse_soon'")
    const renew = () => world.gate.answerNotice(mo, soon?.['id'] as never, 'renew')
    expect(await refused(world, renew)).toContain('It is about CRM updates')
    value(await world.gate.reclaimLevel(mo, { what: SCOPE }, null))
  })

  it('has their limits over a token that they had issued, and an owner has none', async () => {
    const { world } = its
    const mo = await joins(world, 'Mo', 'admin', { categories: ['audience'] })
    const no = await added(world, 'No', 'approver', mo)
    value(await world.gate.changeMember(world.owner, no.id, { role: 'admin', limits: null }))
    await approveMany(world, 31)
    const { id } = await proposed(world)
    const asAdmin = { ...no, role: 'admin' as const }
    expect(await refused(world, () => world.gate.decidePromotion(asAdmin, id, 'grant', null))).toContain(
      'Your token was issued by Mo, who may not do this.',
    )
    value(await world.gate.changeMember(world.owner, no.id, { role: 'owner', limits: { amountMinor: 1 } }))
    value(await world.gate.decidePromotion(inSlack({ ...no, role: 'owner' }), id, 'grant', null))
  })
})
