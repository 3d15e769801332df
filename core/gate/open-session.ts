import type { ConnectionId, WorkspaceId } from '../domain/ids.ts'
import { err, ok, type Result } from '../domain/result.ts'
import { platformWords } from '../domain/platform-words.ts'
import type { PlatformError, Session } from '../ports/platform.ts'
import type { StoredConnection } from '../ports/rows.ts'
import type { Context } from './dependencies.ts'

/** A session with a connection's credentials; missing or unreadable ones count as `auth_expired`. */
export async function openSession(
  ctx: Context,
  workspaceId: WorkspaceId,
  connectionId: ConnectionId,
): Promise<Result<Session, PlatformError>> {
  return sessionOf(ctx, await ctx.store.read(workspaceId, (tx) => tx.connectionWithCredentials(connectionId)))
}

/** The same with the connection at hand; null: it is gone. */
export function sessionOf(
  ctx: Pick<Context, 'secrets' | 'platforms'>,
  connection: (StoredConnection & { readonly credentials: string }) | null,
): Result<Session, PlatformError> {
  const credentials = connection && ctx.secrets.open(connection.credentials, connection.id)
  if (!connection || credentials === null) return err({ kind: 'auth_expired' })
  return ok(ctx.platforms.open(connection, credentials))
}

/** Why a platform did not do as asked, in a sentence for the card; never the platform's own words. `then`: what follows a new connection. */
export function failureWords(platform: string, error: PlatformError, then = 'approve'): string {
  const name = platformWords(platform)
  switch (error.kind) {
    case 'auth_expired':
      return `${name} no longer accepts our connection. Connect it again, then ${then}.`
    case 'missing_scope':
      return `The connection to ${name} lacks a permission${error.scope ? ` (${error.scope})` : ''}. Connect it again with it, then ${then}.`
    case 'rate_limited':
      return `${name} asked us to slow down.`
    case 'rejected':
      return error.says
    case 'unavailable':
      return `${name} could not be reached.`
    case 'unexpected_answer':
      return `${name} answered in a way that we do not understand, so we do not know whether it happened.`
    case 'outcome_unknown':
      return `${name} did not answer, so we do not know yet whether it happened.`
  }
}
