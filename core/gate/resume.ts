import type { ActionId, SwitchId } from '../domain/ids.ts'
import { IN_FLIGHT } from '../domain/action-states.ts'
import { type Actor, mayDo } from '../domain/people.ts'
import { err, ok } from '../domain/result.ts'
import { covers, type SwitchTarget } from '../domain/switches.ts'
import type { StoredAction, SwitchRow } from '../ports/rows.ts'
import { type Context, type Move, transact } from './dependencies.ts'
import { switchView } from './describe-action.ts'
import type { Answer } from './gate.ts'
import type { Refusal } from './refusal.ts'
import { returnToWaiting } from './return-to-waiting.ts'
import { redraw } from './stop.ts'
import type { SwitchView } from './views.ts'
import { written } from './written.ts'

const PAGE = 200

/**
 * Lifts one stop, or every stop of the workspace. Frozen clocks get their time back; each action is checked again by
 * its claim before it runs; what was proposed by an agent that was itself stopped goes back to a person.
 */
export async function resume(
  ctx: Context,
  actor: Actor,
  which: SwitchId | 'every',
  reason: string | null,
): Answer<readonly SwitchView[]> {
  if (actor.kind === 'agent' || !mayDo(actor.role, 'resume'))
    return err({ kind: 'not_permitted', why: 'Only admins and owners can resume.' })
  const mayEverywhere = actor.workspaceId === ctx.homeWorkspace
  const { switches } = await ctx.store.read(actor.workspaceId, (tx) => tx.snapshot())
  const meant = switches.filter(
    ({ id, workspaceId }) => (which === 'every' || id === which) && (workspaceId !== '*' || mayEverywhere),
  )
  if (meant.length === 0 && which !== 'every')
    return err({ kind: 'not_found', what: 'this stop (or it was lifted already)' })
  const body = { by: actor.id }
  const resumed = ({ id }: SwitchRow) => ({ subject: id, subjectVersion: 2, type: 'resumed', body, ...written(reason) })
  const lifted: SwitchRow[] = []
  for (const row of meant.filter(({ workspaceId }) => workspaceId === '*')) {
    const gone = await ctx.store.liftInstallationStop(row.id, actor.name, reason, resumed(row), actor.workspaceId)
    if (gone) lifted.push(gone)
  }
  return await transact<readonly SwitchView[], Refusal>(ctx, actor.workspaceId, async (tx) => {
    await tx.lockControl('configure')
    const own: SwitchRow[] = []
    for (const row of meant.filter(({ workspaceId }) => workspaceId !== '*')) {
      const gone = await tx.liftSwitch(row.id, actor.name, reason)
      if (!gone) continue
      await tx.thaw(gone.target, gone.at)
      own.push(gone)
    }
    for (const row of own) await tx.appendEvent(resumed(row))
    for (const row of [...lifted, ...own]) {
      await recallAfter(ctx, tx, row)
      await redraw(tx, row.target)
    }
    return ok([...lifted, ...own].map(switchView))
  })
}

/** What had been let through and needs a person now: its agent was the reason for the stop, or its time passed meanwhile. */
async function recallAfter(ctx: Context, tx: Move, { target, at }: SwitchRow): Promise<void> {
  let before: ActionId | undefined
  for (;;) {
    const page = await tx.listActions({ states: IN_FLIGHT, limit: PAGE, ...(before ? { before } : {}) })
    for (const stored of page) if (covers(target, stored.action)) await recallStopped(ctx, tx, stored, target, at)
    before = page.at(-1)?.action.id
    if (page.length < PAGE) return
  }
}

async function recallStopped(
  ctx: Context,
  tx: Move,
  stored: StoredAction,
  target: SwitchTarget,
  at: Date,
): Promise<void> {
  const { slotAt } = stored.action
  const missed = slotAt !== null && slotAt > at && slotAt <= tx.now
  if (target.kind !== 'agent' && !missed) return
  const note = missed
    ? 'Its time passed while it was stopped, so it came back to you.'
    : 'Its agent had been stopped, so it came back to you.'
  await returnToWaiting(ctx, tx, stored, { type: 'recalled', note, differences: [], preflight: [] })
}
