import { isId, type NoticeId, type PromotionId, type WorkspaceId } from '../core/domain/ids.ts'
import { err, ok, type Result } from '../core/domain/result.ts'
import type { GrantView, NoticeView } from '../core/gate/promotion-views.ts'
import type { Refusal } from '../core/gate/refusal.ts'
import type { SlackDeps } from './deps.ts'
import { afterRefusal, type Drawing, drawMessages } from './draw-messages.ts'
import { type SideJobResult, type SyncContext, syncContext } from './sync-context.ts'
import type { Message } from './views/blocks.ts'
import type { DesiredMessage } from './views/messages-for.ts'
import { noticeCard } from './views/notice-card.ts'
import { promotionCard } from './views/promotion-card.ts'

/** Brings the card of a proposed raise, or a notice about trust, up to date; posts it once. */
export async function syncTrustCard(
  deps: SlackDeps,
  workspaceId: WorkspaceId,
  subject: PromotionId | NoticeId,
): Promise<SideJobResult> {
  const sync = await syncContext(deps, workspaceId)
  if (!sync.ok) return { kind: 'failed', says: sync.error }
  return drawMessages(sync.value, async () => {
    const drawing = isId('prm', subject)
      ? await drawPromotion(sync.value, subject)
      : await drawNotice(sync.value, subject)
    return drawing.ok ? ok([drawing.value]) : err(afterRefusal(drawing.error, 'proposal or notice'))
  })
}

async function drawPromotion(sync: SyncContext, id: PromotionId): Promise<Result<Drawing, Refusal>> {
  const { deps, workspace, ctx } = sync
  const found = await deps.gate.getPromotion(deps.reader(workspace.id), id)
  if (!found.ok) return found
  const { version, state } = found.value
  return ok({ key: id, version, desired: [card(state === 'open', promotionCard(found.value, ctx))] })
}

async function drawNotice(sync: SyncContext, id: NoticeId): Promise<Result<Drawing, Refusal>> {
  const { deps, workspace, ctx } = sync
  const found = await deps.gate.getNotice(deps.reader(workspace.id), id)
  if (!found.ok) return found
  const grant = await grantOf(sync, found.value.body.key)
  if (!grant.ok) return grant
  const { version, answeredAt } = found.value
  return ok({ key: id, version, desired: [card(answeredAt === null, noticeCard(found.value, grant.value, ctx))] })
}

/** The level that a notice is about, as it stands now. */
async function grantOf(sync: SyncContext, key: NoticeView['body']['key']): Promise<Result<GrantView | null, Refusal>> {
  if (key === undefined) return ok(null)
  const grants = await sync.deps.gate.listGrants(sync.deps.reader(sync.workspace.id))
  if (!grants.ok) return grants
  const own = grants.value.find(
    ({ scope, scenario, agentId }) => scope === key.scope && scenario === key.scenario && agentId === key.agentId,
  )
  return ok(own ?? null)
}

const card = (isOpen: boolean, message: Message): DesiredMessage => ({
  slot: 'card',
  place: { kind: 'approvals_channel' },
  want: isOpen ? 'post' : 'update',
  message,
})
