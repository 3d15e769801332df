import { expect } from 'vitest'
import { refusal, type World } from './world.ts'

/** Why somebody may not, in a sentence that fits on a card; nothing was written. */
export async function refused(world: World, what: () => Promise<Parameters<typeof refusal>[0]>): Promise<string> {
  const before = await world.rowCounts()
  const said = refusal(await what())
  expect(await world.rowCounts()).toEqual(before)
  if (said.kind !== 'not_permitted') throw new Error(`It is ${said.kind}`)
  expect(said.why.length).toBeLessThanOrEqual(160)
  return said.why
}
