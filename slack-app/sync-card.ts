import type { ActionId, PlanId, WorkspaceId } from '../core/domain/ids.ts'
import { err, ok, type Result } from '../core/domain/result.ts'
import type { ActionView, PlanView } from '../core/gate/views.ts'
import type { SlackDeps } from './deps.ts'
import { afterRefusal, type Drawing, drawMessages } from './draw-messages.ts'
import { type SideJobResult, type SyncContext, syncContext } from './sync-context.ts'
import { isPlanId } from './views/block-id.ts'
import { messagesFor, messagesForPlan } from './views/messages-for.ts'
import { planVersion } from './views/plan-card.ts'
import type { ViewContext } from './views/view-context.ts'

const WHAT = 'action or plan'

/** Brings every Slack message about an action or plan up to date; posts what is missing, each at most once. */
export async function syncCard(
  deps: SlackDeps,
  workspaceId: WorkspaceId,
  subject: ActionId | PlanId,
): Promise<SideJobResult> {
  const sync = await syncContext(deps, workspaceId)
  if (!sync.ok) return { kind: 'failed', says: sync.error }
  return drawMessages(sync.value, () => load(sync.value, subject))
}

async function load(sync: SyncContext, subject: ActionId | PlanId): Promise<Result<readonly Drawing[], SideJobResult>> {
  const { deps, workspace, ctx } = sync
  if (isPlanId(subject)) return loadPlan(sync, subject)
  const action = await deps.gate.refreshAction(workspace.id, subject)
  if (!action.ok) return err(afterRefusal(action.error, WHAT))
  const own = ofAction(action.value, ctx)
  if (action.value.plan === null) return ok([own])
  const plan = await loadPlan(sync, action.value.plan.id)
  return plan.ok ? ok([...plan.value, own]) : plan
}

async function loadPlan(sync: SyncContext, id: PlanId): Promise<Result<readonly Drawing[], SideJobResult>> {
  const plan = await sync.deps.gate.getPlan(sync.deps.reader(sync.workspace.id), id)
  return plan.ok ? ok([ofPlan(plan.value, sync.ctx)]) : err(afterRefusal(plan.error, WHAT))
}

const ofAction = (action: ActionView, ctx: ViewContext): Drawing => ({
  key: action.id,
  version: action.version,
  desired: messagesFor(action, ctx),
})

const ofPlan = (plan: PlanView, ctx: ViewContext): Drawing => ({
  key: plan.id,
  version: planVersion(plan),
  desired: messagesForPlan(plan, ctx),
})
