import type { ActionId, MemberId, WorkspaceId } from '../domain/ids.ts'
import { mayDo } from '../domain/people.ts'
import { ok } from '../domain/result.ts'
import type { MemberRow } from '../ports/rows.ts'
import { MOST_REMINDERS, nextReminder } from '../rules/waiting-times.ts'
import { type Context, type Move, transact } from './dependencies.ts'
import { moveAction } from './move-action.ts'

/** Speaks up for a waiting card: twice as a reminder, then once to the next person. A snooze that ended counts as one. */
export async function remindAction(ctx: Context, workspaceId: WorkspaceId, id: ActionId): Promise<void> {
  await transact(ctx, workspaceId, async (tx) => {
    const stored = await tx.loadToMove(id)
    const remindAt = stored?.state.remindAt
    if (!stored || stored.state.state !== 'awaiting_approval' || !remindAt || remindAt > tx.now) return ok(undefined)
    const { action, state } = stored
    const { workspace } = await tx.snapshot()
    const sent = state.reminders + 1
    const escalate = sent >= MOST_REMINDERS && !state.escalated
    const to = escalate ? nextPerson(await tx.listMembers()) : null
    const next = nextReminder({
      at: tx.now,
      sent,
      slotAt: action.slotAt,
      expiresAt: state.expiresAt,
      zone: workspace.timeZone,
    })
    await moveAction(
      tx,
      stored,
      {
        state: 'awaiting_approval',
        reminders: sent,
        escalated: state.escalated || escalate,
        remindAt: next,
        snoozedUntil: null,
      },
      { type: escalate ? 'escalated' : 'reminded', by: 'gate', body: { member: to } },
    )
    await enqueueReminder(tx, workspaceId, id, to, escalate)
    return ok(undefined)
  })
}

async function enqueueReminder(
  tx: Move,
  workspaceId: WorkspaceId,
  subject: ActionId,
  to: MemberId | null,
  escalate: boolean,
): Promise<void> {
  await tx.enqueue({ queue: 'reminder', workspaceId, subject, to, kind: escalate ? 'escalate' : 'remind' })
}

/** Whom to turn to next: an owner, else an admin. */
function nextPerson(members: readonly MemberRow[]): MemberId | null {
  const active = members.filter(({ disabledAt, role }) => disabledAt === null && mayDo(role, 'decide'))
  return (active.find(({ role }) => role === 'owner') ?? active.find(({ role }) => role === 'admin'))?.id ?? null
}
