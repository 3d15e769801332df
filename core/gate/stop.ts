import type { Json } from '../domain/canonical.ts'
import type { SwitchId } from '../domain/ids.ts'
import { type Actor, mayDo } from '../domain/people.ts'
import { CATEGORIES, CHANNELS } from '../domain/category.ts'
import { err, ok, type Result } from '../domain/result.ts'
import type { SwitchTarget } from '../domain/switches.ts'
import type { LedgerEvent, SwitchRow } from '../ports/rows.ts'
import type { Transaction } from '../ports/transaction.ts'
import { isTopic } from '../rules/topic-freeze.ts'
import { type Context, transact } from './dependencies.ts'
import { drawCard } from './draw-card.ts'
import { describeActions, switchView } from './describe-action.ts'
import type { Answer, Stopped } from './gate.ts'
import { recallTopics } from './recall-topic.ts'
import type { Refusal } from './refusal.ts'
import { isAbout } from './switch-reach.ts'
import { stopWords, targetJson } from './target-words.ts'

/**
 * Stops: once it answers, no platform call for what it covers can start, on any replica. What was already claimed is
 * listed; what mentions a frozen topic is back with people by then. Everyone who may see may stop; the whole installation only from the operator's own workspace.
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
  const known = await checkTarget(ctx, actor, target)
  if (!known.ok) return known
  const opened = everywhere ? await stopEverywhere(ctx, actor, target, reason) : null
  const stopped = await transact<Omit<Stopped, 'recalled'>, Refusal>(ctx, actor.workspaceId, async (tx) => {
    // For update: it waits for every claim that is being committed, and every later claim sees the switch.
    await tx.lockControl('configure')
    const before = (await tx.snapshot()).switches.find((row) => sameTarget(row.target, target))
    const row = before ?? switchRow(ctx, actor, target, reason, tx.now)
    if (!before) await tx.insertSwitch(row)
    if (!before || opened === row.id) {
      if (!everywhere) await tx.appendEvent(stoppedEvent(actor, row))
      await redraw(tx, target)
    }
    const executing = (await tx.executingUnder(target)).filter((stored) => isAbout(target, stored))
    return ok({ switch: switchView(row), executing: await describeActions(ctx, tx, executing) })
  })
  if (!stopped.ok) return stopped
  const recalled = target.kind === 'topic' ? await recallTopics(ctx, actor.workspaceId) : 0
  return ok({ ...stopped.value, recalled })
}

/** A stop of something that does not exist would stop nothing while somebody relies on it. */
async function checkTarget(ctx: Context, actor: Actor, target: SwitchTarget): Promise<Result<void, Refusal>> {
  if (!('value' in target)) return ok(undefined)
  if (target.kind === 'topic') {
    if (isTopic(target.value)) return ok(undefined)
    return err({ kind: 'malformed', problems: [{ path: 'target.value', says: 'Say which words.' }] })
  }
  const agents = async () => (await ctx.store.read(actor.workspaceId, (tx) => tx.listAgents())).map(({ id }) => id)
  const known: readonly string[] =
    target.kind === 'agent'
      ? await agents()
      : target.kind === 'category'
        ? CATEGORIES
        : target.kind === 'channel'
          ? CHANNELS
          : [...new Set(ctx.kinds.all.map(({ id, platform }) => (target.kind === 'kind' ? id : platform)))]
  if (known.includes(target.value)) return ok(undefined)
  const says = `There is no ${target.kind} “${target.value}”; known: ${known.join(', ')}.`
  return err({ kind: 'malformed', problems: [{ path: 'target.value', says }] })
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
  await ctx.store.stopInstallation(row, stoppedEvent(actor, row), actor.workspaceId)
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

function stoppedEvent(actor: Actor, { id, target, reason }: SwitchRow): LedgerEvent {
  const body: Json = { target: targetJson(target), by: actor.id }
  return { subject: id, subjectVersion: 1, type: 'stopped', body, ...stopWords(target, reason) }
}

const sameTarget = (a: SwitchTarget, b: SwitchTarget): boolean =>
  a.kind === b.kind && ('value' in a ? a.value : null) === ('value' in b ? b.value : null)

const CARDS_REDRAWN = 200

/** The cards of what waits say that it is stopped (or no longer is). */
export async function redraw(tx: Transaction, target: SwitchTarget): Promise<void> {
  const waiting = await tx.listActions({ states: ['awaiting_approval', 'held', 'scheduled'], limit: CARDS_REDRAWN })
  for (const stored of waiting) {
    if (isAbout(target, stored)) await drawCard(tx, stored.action)
  }
}
