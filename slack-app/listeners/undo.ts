import type { App } from '@slack/bolt'
import type { ActionId, PlanId } from '../../core/domain/ids.ts'
import type { ActionView } from '../../core/gate/views.ts'
import type { SlackDeps } from '../deps.ts'
import { isPlanId } from '../views/block-id.ts'
import { section } from '../views/blocks.ts'
import { undoChanged } from '../views/undo-changed.ts'
import { UNDO_REASONS, undoWhy } from '../views/undo-why.ts'
import { redraw, settle } from './decide-shown.ts'
import { onPress, type Press } from './press.ts'

/** *Undo* and *Stop it*: at once; the question why comes afterwards. */
export function listenUndo(app: App, deps: SlackDeps): void {
  onPress(app, deps, 'action_undo', async (press) => {
    const { subject } = press.shown
    if (isPlanId(subject)) await undoPlan(press, subject)
    else await undo(press, subject, false)
  })
  onPress(app, deps, 'action_undo_despite', async (press) => {
    const { subject } = press.shown
    if (!isPlanId(subject)) await undo(press, subject, true)
  })
  onPress(app, deps, 'action_undo_reason', keepReason)
}

async function undo(press: Press, subject: ActionId, despiteChanges: boolean): Promise<void> {
  const undone = await press.deps.gate.undoAction(press.actor, subject, { despiteChanges })
  if (undone.ok) {
    await redraw(press.deps, press.workspace.id, subject)
    const why = undoWhy(undone.value, wordsFor(undone.value))
    await (press.ephemeral ? press.replace(why) : press.tell(why))
    return
  }
  if (undone.error.kind !== 'platform_changed') {
    await settle(press, undone)
    return
  }
  const shown = { id: subject, payloadHash: press.shown.hash, version: press.shown.version }
  await press.tell(undoChanged(shown, undone.error.differences))
}

async function undoPlan(press: Press, subject: PlanId): Promise<void> {
  await settle(press, await press.deps.gate.undoPlan(press.actor, subject, {}))
}

function wordsFor(action: ActionView): string {
  if (action.state === 'cancelled') return 'Stopped: it does not go out.'
  return action.state === 'undone' ? 'Undone: it is as it was before.' : 'It is being taken back now.'
}

async function keepReason(press: Press): Promise<void> {
  const { subject } = press.shown
  if (isPlanId(subject) || !isReason(press.value)) return
  const kept = await press.deps.gate.undoAction(press.actor, subject, {
    despiteChanges: false,
    ...(press.value === 'outside' ? { reason: UNDO_REASONS.outside, outside: true } : { cause: press.value }),
  })
  if (kept.ok) {
    const undoneAt = kept.value.undoneAt?.getTime() ?? null
    const isLate = undoneAt !== null && press.ctx.now.getTime() - undoneAt > COUNTS_FOR_MS
    const says = isLate ? 'Thank you. The agent is told; after a day it counts no more.' : 'Thank you, that is noted.'
    await press.replace({ text: says, blocks: [section(says)] })
  }
  if (!kept.ok) {
    const says = 'The undo stands, but the reason could not be kept.'
    await press.replace({ text: says, blocks: [section(says)] })
  }
}

/** So long a reason can change what an undo counts. */
const COUNTS_FOR_MS = 86_400_000

const isReason = (value: string): value is keyof typeof UNDO_REASONS => Object.hasOwn(UNDO_REASONS, value)
