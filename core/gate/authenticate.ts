import { type Actor, roleOverToken } from '../domain/people.ts'
import type { KnownAgent, KnownMember } from '../ports/store.ts'
import { type Dependencies, sha256 } from './dependencies.ts'
import { parseKey } from './keys.ts'

const LONGEST_KEY = 512

/**
 * Who a bearer key or token belongs to; null: nobody (unknown, disabled, too long; never told apart). Only digests are
 * compared, by the database's index.
 */
export async function authenticate(
  deps: Pick<Dependencies, 'store' | 'homeWorkspace'>,
  bearer: string,
): Promise<Actor | null> {
  if (bearer === '' || bearer.length > LONGEST_KEY) return null
  const parsed = parseKey(bearer)
  if (parsed?.sort === 'agent') return agentActor(await deps.store.authenticateAgent(parsed.workspaceId, parsed.hash))
  if (parsed?.sort === 'member')
    return memberActor(await deps.store.authenticateMember(parsed.workspaceId, parsed.hash), 'http')
  const hash = sha256(bearer)
  const agent = await deps.store.authenticateAgent(deps.homeWorkspace, hash)
  return agent ? agentActor(agent) : memberActor(await deps.store.authenticateMember(deps.homeWorkspace, hash), 'http')
}

export const agentActor = (row: KnownAgent | null): Actor | null =>
  row && { kind: 'agent', id: row.id, workspaceId: row.workspaceId, name: row.name }

/** Over a bare token with no more than the role of everybody who holds it; `holders` are nobody where they press in Slack. */
export function memberActor(
  row: (Omit<KnownMember, 'holders'> & Partial<KnownMember>) | null,
  via: 'http' | 'slack',
): Extract<Actor, { kind: 'member' }> | null {
  if (row === null) return null
  const { id, workspaceId, name, holders = [] } = row
  return { kind: 'member', id, workspaceId, name, ...roleOverToken(row.role, holders), via }
}
