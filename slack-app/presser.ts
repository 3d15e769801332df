import type { Actor } from '../core/domain/people.ts'
import type { WorkspaceView } from '../core/gate/views.ts'
import { verifiedEmail } from './call-slack.ts'
import type { SlackDeps } from './deps.ts'
import type { WebClient } from './web-client.ts'

export type Member = Extract<Actor, { kind: 'member' }>

export type Presser =
  | { readonly kind: 'member'; readonly actor: Member; readonly workspace: WorkspaceView }
  | { readonly kind: 'unlinked'; readonly workspace: WorkspaceView }
  | { readonly kind: 'no_workspace' }

/**
 * Who pressed. Someone unknown is linked on the spot where Slack vouches for an e-mail address that a member has; their
 * press then counts.
 */
export async function presserOf(deps: SlackDeps, client: WebClient, teamId: string, userId: string): Promise<Presser> {
  const { gate } = deps
  const workspace = await gate.workspaceOfSlackTeam(teamId)
  if (workspace === null) return { kind: 'no_workspace' }
  const known = await gate.memberOfSlackUser(workspace.id, userId)
  if (known !== null) return { kind: 'member', actor: known, workspace }
  const email = await verifiedEmail(client, userId, teamId)
  if (!email.ok) deps.log('warn', 'slack: a profile could not be read', { trouble: email.error.kind })
  if (!email.ok || email.value === null) return { kind: 'unlinked', workspace }
  const linked = await gate.linkSlackUserByEmail(workspace.id, userId, email.value)
  const actor = linked === null ? null : await gate.memberOfSlackUser(workspace.id, userId)
  return actor === null ? { kind: 'unlinked', workspace } : { kind: 'member', actor, workspace }
}
