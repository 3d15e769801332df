import type { App } from '@slack/bolt'
import type { SlackDeps } from '../deps.ts'
import { isPlanId } from '../views/block-id.ts'
import { section } from '../views/blocks.ts'
import { refusalMessage } from '../views/refusals.ts'
import { when } from '../views/when.ts'
import { redraw } from './decide-shown.ts'
import { onPress } from './press.ts'

/** *Ask me again*: in an hour, or tomorrow at nine; never past its own time, which is for the gate to see to. */
export function listenSnooze(app: App, deps: SlackDeps): void {
  onPress(app, deps, 'action_snooze', async (press) => {
    const { subject } = press.shown
    if (isPlanId(subject) || (press.value !== '1h' && press.value !== 'tomorrow')) return
    const snoozed = await deps.gate.snoozeAction(press.actor, subject, press.value)
    if (!snoozed.ok) {
      await press.tell(refusalMessage(snoozed.error, press.ctx))
      return
    }
    const until = snoozed.value.snoozedUntil
    const says = until === null ? 'I will ask again later.' : `I will ask again ${when(until, press.ctx)}.`
    await press.tell({ text: says, blocks: [section(says)] })
    await redraw(deps, press.workspace.id, subject)
  })
}
