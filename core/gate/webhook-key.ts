import type { ConnectionId, WorkspaceId } from '../domain/ids.ts'
import { type Dependencies, sha256 } from './dependencies.ts'

/** An address that this installation made: for whom, and how often it had taken back those before. */
export type WebhookAddress = { readonly workspaceId: WorkspaceId; readonly generation: number }

/** Addresses of generation 0 are told to platforms since before there were others: they stay what they were. */
const digestsFor = (
  { secrets }: Pick<Dependencies, 'secrets'>,
  workspaceId: string,
  connectionId: string,
  generation: number,
) => secrets.digester(`webhook:${workspaceId}`)(generation === 0 ? connectionId : `${connectionId}.${generation}`)

/**
 * What makes the address of a connection's webhooks one that nobody can guess: the workspace, so that it can be found,
 * how often the address was taken back, and a digest that only this installation can make. Kept nowhere.
 */
export function webhookKey(
  deps: Pick<Dependencies, 'secrets'>,
  { workspaceId, generation }: WebhookAddress,
  connectionId: ConnectionId,
): string {
  const [digest] = digestsFor(deps, workspaceId, connectionId, generation)
  return generation === 0 ? `${workspaceId}.${digest}` : `${workspaceId}.${generation}.${digest}`
}

/** Whose address it is or was, under a key of now or a former one; null: nobody's. Whether it still counts, the connection knows. */
export function readWebhookKey(
  deps: Pick<Dependencies, 'secrets'>,
  connectionId: ConnectionId,
  key: string,
): WebhookAddress | null {
  const [, workspaceId, count = '0', digest] = /^([^.]+)(?:\.([1-9]\d{0,8}))?\.([^.]+)$/.exec(key) ?? []
  if (workspaceId === undefined || digest === undefined) return null
  const generation = Number(count)
  // Of digests, so that how long it takes says nothing about how much of it was right.
  const given = sha256(digest)
  const isOurs = digestsFor(deps, workspaceId, connectionId, generation).some((known) => sha256(known) === given)
  // safe: only we can have made the digest, and it is of this workspace
  return isOurs ? { workspaceId: workspaceId as WorkspaceId, generation } : null
}
