import type { App } from '@slack/bolt'
import type { SlackDeps } from '../deps.ts'
import { decideShown, settle } from './decide-shown.ts'
import { onPress } from './press.ts'

/** *Looks good*: a person saw the result and says so. */
export function listenConfirm(app: App, deps: SlackDeps): void {
  onPress(app, deps, 'action_confirm', async (press) => {
    await settle(press, await decideShown(deps.gate, press.actor, press.shown, { decision: 'confirm' }))
  })
}
