import { beforeEach } from 'vitest'
import { createAdKinds, setBudget } from './daily-budget-kind.ts'
import { useWorld } from './use-world.ts'
import { value, type World } from './world.ts'

/** 4 March, 10:00, when every world begins: 28 days are left of the month, today included, and 5 of the week. */
export const MONTH = 'month:2026-03'

/** A world with the kind of ads, on a platform on which each test begins with nothing. */
export function useAds() {
  const ads = createAdKinds()
  const its = useWorld({ kinds: ads.kinds })
  beforeEach(() => {
    for (const kept of [ads.platform, ads.gates, ads.looks, ads.lost]) kept.clear()
  })
  return { ads, its }
}

export const policy = async (world: World, document: object) =>
  value(await world.gate.setPolicy(world.owner, document, null))
export const monthOf = (cap: number) => ({ budget: { month: { cap } } })

/** Moves the clock to a time. */
export const until = (world: World, time: string): void => world.pass(new Date(time).getTime() - world.now().getTime())

/** What counts in a budget's row, with what was carried over, in minor units. Null: there is no such row. */
export async function counted(
  world: World,
  window: string,
): Promise<{ readonly committed: number; readonly reserved: number } | null> {
  const [row] = await world.query('select committed + carried as minor, reserved from budgets where "window" = $1', [
    window,
  ])
  return row ? { committed: Number(row['minor']), reserved: Number(row['reserved']) } : null
}

/** A daily budget, in minor units, that was approved and carried out. */
export const change = async (world: World, campaign: string, perDay: number) =>
  await world.approve(await world.propose(setBudget(campaign, perDay)))
export const undo = async (world: World, id: Parameters<World['get']>[0]) =>
  value(await world.gate.undoAction(world.owner, id, { despiteChanges: true }))
