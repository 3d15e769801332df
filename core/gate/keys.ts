import type { WorkspaceId } from '../domain/ids.ts'
import { sha256 } from './dependencies.ts'

/** Keys carry their workspace, so that looking one up never crosses workspaces: `tnr_agent_<workspace>_<secret>`. */
export function makeKey(
  sort: 'agent' | 'member',
  workspaceId: WorkspaceId,
  secret: string,
): { readonly key: string; readonly hash: string; readonly prefix: string } {
  const key = `tnr_${sort}_${workspaceId.slice('wks_'.length)}_${secret}`
  return { key, hash: sha256(key), prefix: key.slice(0, `tnr_${sort}_`.length + 8) }
}

export type ParsedKey = { readonly sort: 'agent' | 'member'; readonly workspaceId: WorkspaceId; readonly hash: string }

/** Null: not one of our spellings (a key that an operator chose may still be known by its digest). */
export function parseKey(bearer: string): ParsedKey | null {
  const match = /^tnr_(agent|member)_([0-9a-z]{1,40})_[A-Za-z0-9_-]{20,200}$/.exec(bearer)
  if (!match) return null
  // safe: the pattern admits nothing else; whether the workspace exists is for the database to say
  return { sort: match[1] as 'agent' | 'member', workspaceId: `wks_${match[2]}` as WorkspaceId, hash: sha256(bearer) }
}
