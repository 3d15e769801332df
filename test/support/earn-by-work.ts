import type { PromotionView } from '../../core/gate/promotion-views.ts'
import { DAY, update } from './level-steps.ts'
import { value, type World } from './world.ts'

type Proposal = Parameters<World['propose']>[0]

/** Proposes and approves, a few a day, until the windows over all of them have closed. */
export async function approveMany(world: World, count: number, proposal: Proposal = update): Promise<void> {
  for (let left = count; left > 0; left -= 5) {
    const some = Array.from({ length: Math.min(5, left) }, async () => world.approve(await world.propose(proposal)))
    await Promise.all(some)
    world.pass(DAY)
  }
  world.pass(2 * DAY)
  await world.sweep()
}

export const openOnes = async (world: World): Promise<readonly PromotionView[]> =>
  value(await world.gate.listPromotions(world.owner, 'open'))

/** What is proposed now; throws where nothing is. */
export async function proposed(world: World): Promise<PromotionView> {
  await world.reviewTrust()
  const [first] = await openOnes(world)
  if (!first) throw new Error('Nothing was proposed')
  return first
}

/** Level 3 for updates of contacts, as the agent's own work earns it and a person grants it. */
export async function earnThree(world: World): Promise<PromotionView> {
  await approveMany(world, 31)
  return value(await world.gate.decidePromotion(world.owner, (await proposed(world)).id, 'grant', null))
}
