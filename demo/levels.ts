import { EARNED } from './earn-level.ts'
import type { Grant, Owner, WhichGrant } from './owner-client.ts'

const WHY = 'For the demo, which begins where everybody begins'
const BACK = 'As it was before the demo'

/** Nothing runs by itself when the story begins. Returns how to put back what was in force. */
export async function beginWithoutLevels(owner: Owner): Promise<() => Promise<void>> {
  const before = await owner.grants()
  const alone = before.filter(({ level, agent }) => level > 2 && agent !== '*')
  for (const grant of alone) await owner.reclaim(which(grant), WHY)
  // What a person took back is not proposed again until it asks again: that is what the story is about.
  for (const grant of before.filter(isEarned)) await owner.askAgain(which(grant), WHY)
  return async () => {
    for (const grant of alone.filter((one) => !isEarned(one))) await owner.handBack(which(grant), BACK)
    if (alone.some(isEarned)) return
    for (const grant of await owner.grants())
      if (isEarned(grant) && grant.level > 2) await owner.reclaim(which(grant), BACK)
  }
}

const isEarned = ({ scope, scenario }: WhichGrant): boolean => scope === EARNED.scope && scenario === EARNED.scenario

const which = ({ scope, scenario, agent }: Grant): WhichGrant => ({ scope, scenario, agent })
