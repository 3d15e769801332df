import type { SwitchTarget } from '../../core/domain/switches.ts'
import { value, type World } from './world.ts'

/** The owner stops this. */
export const stop = async (world: World, target: SwitchTarget) =>
  value(await world.gate.stop(world.owner, target, 'Just in case'))

/** The owner lifts one stop, or every one. */
export const resume = async (world: World, which: Parameters<World['gate']['resume']>[1] = 'every') =>
  value(await world.gate.resume(world.owner, which, null))
