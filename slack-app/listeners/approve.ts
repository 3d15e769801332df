import type { App } from '@slack/bolt'
import type { SlackDeps } from '../deps.ts'
import { decideShown, settle } from './decide-shown.ts'
import { onPress } from './press.ts'

/** *Approve*: one click. A second press, or a press on an outdated card, is the gate's to refuse. */
export function listenApprove(app: App, deps: SlackDeps): void {
  onPress(app, deps, 'action_approve', async (press) => {
    await settle(press, await decideShown(deps.gate, press.actor, press.shown, { decision: 'approve' }))
  })
}
