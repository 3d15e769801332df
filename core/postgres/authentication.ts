import type { AgentId, MemberId, WorkspaceId } from '../domain/ids.ts'
import type { Holder, Role } from '../domain/people.ts'
import type { Store } from '../ports/store.ts'
import { inBatches } from './batches.ts'
import type { Database } from './database.ts'

const WHO = 'select * from tenure_authenticate_holders($1::jsonb)'

type Wanted = { readonly workspace_id: WorkspaceId; readonly hash: string }
type Who = {
  readonly sort: 'agent' | 'member'
  readonly workspace_id: WorkspaceId
  readonly id: string
  readonly name: string
  readonly role: Role | null
  readonly hash: string
  /** Of a member's bare token; null: nobody else holds it. */
  readonly holders: readonly Holder[] | null
}

/** Looks up who digests of keys belong to; those that arrive while one look-up runs share the next. */
export function createAuthentication(database: Database): Pick<Store, 'authenticateAgent' | 'authenticateMember'> {
  const lookUp = inBatches<Wanted, readonly Who[]>(async (wanted) => {
    // safe: the columns that the function names
    const found = (await database.run(WHO, [JSON.stringify(wanted)])) as unknown as readonly Who[]
    return wanted.map(({ workspace_id, hash }) =>
      found.filter((who) => who.workspace_id === workspace_id && who.hash === hash),
    )
  })
  const one = async (sort: Who['sort'], workspace_id: WorkspaceId, hash: string): Promise<Who | undefined> =>
    (await lookUp({ workspace_id, hash })).find((who) => who.sort === sort)
  return {
    async authenticateAgent(workspaceId, hash) {
      const who = await one('agent', workspaceId, hash)
      // safe: an agent's id
      return who ? { id: who.id as AgentId, workspaceId, name: who.name } : null
    },
    async authenticateMember(workspaceId, hash) {
      const who = await one('member', workspaceId, hash)
      if (!who?.role) return null
      const { name, role, holders } = who
      // safe: a member's id
      return { id: who.id as MemberId, workspaceId, name, role, holders: holders ?? [] }
    },
  }
}
