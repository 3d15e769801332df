import type { App } from '@slack/bolt'
import type { SlackDeps } from '../deps.ts'
import { isPlanId } from '../views/block-id.ts'
import { section } from '../views/blocks.ts'
import { fence } from '../views/mrkdwn.ts'
import { refusalMessage } from '../views/refusals.ts'
import { onPress } from './press.ts'

/** *Send me a test*: to the presser's own address. */
export function listenTest(app: App, deps: SlackDeps): void {
  onPress(app, deps, 'action_test', async (press) => {
    const { subject } = press.shown
    if (isPlanId(subject)) return
    const sent = await deps.gate.sendTest(press.actor, subject)
    if (!sent.ok) {
      await press.tell(refusalMessage(sent.error, press.ctx))
      return
    }
    const says = `A test is on its way to ${fence(sent.value.to)}.`
    await press.tell({ text: says, blocks: [section(says)] })
  })
}
