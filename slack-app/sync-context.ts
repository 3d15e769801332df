import type { WorkspaceId } from '../core/domain/ids.ts'
import { err, ok, type Result } from '../core/domain/result.ts'
import type { WorkspaceView } from '../core/gate/views.ts'
import type { SlackDeps } from './deps.ts'
import { type ViewContext, viewContext } from './views/view-context.ts'
import type { WebClient } from './web-client.ts'

/** `retry`: nothing is lost, run the job again after so long. `failed`: a repeat would fail too. */
export type SideJobResult =
  | { readonly kind: 'done' }
  | { readonly kind: 'retry'; readonly afterMs: number }
  | { readonly kind: 'failed'; readonly says: string }

export type SyncContext = {
  readonly deps: SlackDeps
  readonly client: WebClient
  readonly workspace: WorkspaceView
  readonly ctx: ViewContext
}

/** What a job about a workspace needs; a sentence where it cannot be had. */
export async function syncContext(deps: SlackDeps, workspaceId: WorkspaceId): Promise<Result<SyncContext, string>> {
  const workspace = await deps.gate.workspace(workspaceId)
  if (workspace === null) return err('There is no such workspace')
  const client = await deps.client(workspaceId)
  if (client === null) return err('Slack is not installed for this workspace')
  return ok({ deps, client, workspace, ctx: await readContext(deps, workspace) })
}

/** The context of views; without the list of members, names are written as the proposer gave them. */
export async function readContext(
  deps: Pick<SlackDeps, 'gate' | 'reader' | 'config' | 'now'>,
  workspace: WorkspaceView,
): Promise<ViewContext> {
  const members = await deps.gate.listMembers(deps.reader(workspace.id))
  return viewContext(workspace, members.ok ? members.value : [], deps.config.publicUrl, deps.now())
}

export const approvalsChannel = (sync: Pick<SyncContext, 'workspace' | 'deps'>): string =>
  sync.workspace.approvalsChannel || sync.deps.config.approvalsChannel
