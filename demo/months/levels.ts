import { categoryOfScope } from '../../core/domain/trust/scope-score.ts'
import type { Grant } from '../owner-client.ts'
import type { LevelInForce } from './figures.ts'
import { type Office, shownDay } from './office.ts'

/** Every level in force; says which of them changed since it was asked last. */
export type WatchLevels = (at: Date) => Promise<readonly LevelInForce[]>

export function watchLevels({ owner, say }: Office): WatchLevels {
  let known = new Map<string, Grant>()
  return async (at) => {
    const now = new Map(
      (await owner.grants()).filter(({ agent }) => agent !== '*').map((grant) => [nameOf(grant), grant] as const),
    )
    for (const [name, grant] of now) {
      const was = known.get(name)?.in_force ?? 2
      if (grant.in_force === was) continue
      const by = grant.by === null ? '' : `, by ${grant.by}`
      const words = `${shownDay(at)}: ${grant.scope}, ${grant.scenario}: level ${was} becomes ${grant.in_force}`
      if (grant.in_force > was) say.good(`${words}${by}.`)
      else say.held(`${words}. ${grant.level > grant.in_force ? `It keeps its grant of ${grant.level}.` : ''}`)
    }
    known = now
    return [...now.values()].map(({ scope, scenario, in_force: level }) => ({
      category: categoryOfScope(scope),
      scenario,
      level,
    }))
  }
}

const nameOf = ({ scope, scenario, agent }: Grant): string => `${scope}/${scenario}/${agent}`
