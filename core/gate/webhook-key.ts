import type { ConnectionId, WorkspaceId } from '../domain/ids.ts'
import { type Dependencies, sha256 } from './dependencies.ts'

const digestsFor = ({ secrets }: Pick<Dependencies, 'secrets'>, workspaceId: string, connectionId: string) =>
  secrets.digester(`webhook:${workspaceId}`)(connectionId)

/**
 * What makes the address of a connection's webhooks one that nobody can guess: the workspace, so that it can be found,
 * and a digest that only this installation can make. Kept nowhere.
 */
export const webhookKey = (
  deps: Pick<Dependencies, 'secrets'>,
  workspaceId: WorkspaceId,
  connectionId: ConnectionId,
): string => `${workspaceId}.${digestsFor(deps, workspaceId, connectionId)[0]}`

/** Whose address it is, under a key of now or a former one; null: nobody's. */
export function workspaceOfWebhook(
  deps: Pick<Dependencies, 'secrets'>,
  connectionId: ConnectionId,
  key: string,
): WorkspaceId | null {
  const [workspaceId = '', digest = ''] = key.split('.')
  // Of digests, so that how long it takes says nothing about how much of it was right.
  const given = sha256(digest)
  const isOurs = digestsFor(deps, workspaceId, connectionId).some((known) => sha256(known) === given)
  // safe: only we can have made the digest, and it is of this workspace
  return isOurs ? (workspaceId as WorkspaceId) : null
}
