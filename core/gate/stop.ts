import type { Json } from '../domain/canonical.ts'
import type { SwitchId } from '../domain/ids.ts'
import { type Actor, mayDo } from '../domain/people.ts'
import { err, ok } from '../domain/result.ts'
import { covers, type SwitchTarget } from '../domain/switches.ts'
import type { SwitchRow, Transaction } from '../ports/store.ts'
import { type Context, transact } from './dependencies.ts'
import { describeActions, switchView } from './describe-action.ts'
import type { Answer, Stopped } from './gate.ts'
import type { Refusal } from './refusal.ts'

/**
 * Stops: once it answers, no platform call for what it covers can start, on any replica. What was already claimed is
 * listed. Everyone who may see may stop; the whole installation only from the operator's own workspace.
 */
export async function stop(ctx: Context, actor: Actor, target: SwitchTarget, reason: string | null): Answer<Stopped> {
  if (actor.kind === 'agent')
    return err({ kind: 'not_permitted', why: 'An agent cannot stop the gate; it can cancel its own proposals.' })
  const everywhere = target.kind === 'all'
  if (everywhere && (actor.workspaceId !== ctx.homeWorkspace || !mayDo(actor.role, 'resume'))) {
    return err({
      kind: 'not_permitted',
      why: 'Only an admin of the operator can stop the whole installation. You can stop everything of your workspace.',
    })
  }
  const opened = everywhere ? await stopEverywhere(ctx, actor, target, reason) : null
  return await transact<Stopped, Refusal>(ctx, actor.workspaceId, async (tx) => {
    // For update: it waits for every claim that is being committed, and every later claim sees the switch.
    await tx.lockControl('configure')
    const before = (await tx.snapshot()).switches.find((row) => sameTarget(row.target, target))
    const row = before ?? switchRow(ctx, actor, target, reason, tx.now)
    if (!before) await tx.insertSwitch(row)
    if (!before || opened === row.id) {
      await tx.bumpControl({ epoch: false })
      const body: Json = { target: { ...target }, reason, by: actor.id }
      await tx.appendEvent({ subject: row.id, subjectVersion: 1, type: 'stopped', body })
      await redraw(tx, target)
    }
    const executing = await tx.executingUnder(target)
    return ok({ switch: switchView(row), executing: await describeActions(ctx, tx, executing) })
  })
}

/** The stop of the whole installation lies outside any workspace; null: it was on already. */
async function stopEverywhere(
  ctx: Context,
  actor: Extract<Actor, { kind: 'member' }>,
  target: SwitchTarget,
  reason: string | null,
): Promise<SwitchId | null> {
  const { switches } = await ctx.store.read(actor.workspaceId, (tx) => tx.snapshot())
  if (switches.some((row) => sameTarget(row.target, target))) return null
  const row = switchRow(ctx, actor, target, reason, await ctx.store.databaseNow())
  await ctx.store.stopInstallation(row)
  return row.id
}

function switchRow(
  ctx: Context,
  actor: Extract<Actor, { kind: 'member' }>,
  target: SwitchTarget,
  reason: string | null,
  at: Date,
): SwitchRow {
  const workspaceId = target.kind === 'all' ? '*' : actor.workspaceId
  return { id: ctx.newId('swt'), workspaceId, target, reason, byId: actor.id, byName: actor.name, at }
}

const sameTarget = (a: SwitchTarget, b: SwitchTarget): boolean =>
  a.kind === b.kind && ('value' in a ? a.value : null) === ('value' in b ? b.value : null)

const CARDS_REDRAWN = 200

/** The cards of what waits say that it is stopped (or no longer is). */
export async function redraw(tx: Transaction, target: SwitchTarget): Promise<void> {
  const waiting = await tx.listActions({ states: ['awaiting_approval', 'held', 'scheduled'], limit: CARDS_REDRAWN })
  for (const { action } of waiting) {
    if (covers(target, action))
      await tx.enqueue({ queue: 'card', workspaceId: tx.workspaceId, subject: action.planId ?? action.id })
  }
}
