import type { AgentId, MemberId, WorkspaceId } from '../domain/ids.ts'
import type { Role } from '../domain/people.ts'
import type { Store } from '../ports/store.ts'
import { inBatches } from './batches.ts'
import type { Database } from './database.ts'

const WHO = 'select * from tenure_authenticate($1::jsonb)'

type Wanted = { readonly workspace_id: WorkspaceId; readonly hash: string }
type Who = {
  readonly sort: 'agent' | 'member'
  readonly workspace_id: WorkspaceId
  readonly id: string
  readonly name: string
  readonly role: Role | null
  readonly hash: string
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
      // safe: a member's id
      return who?.role ? { id: who.id as MemberId, workspaceId, name: who.name, role: who.role } : null
    },
  }
}
