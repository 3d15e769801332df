import type { App } from '@slack/bolt'
import type { SlackDeps } from '../deps.ts'
import { listenApprove } from './approve.ts'
import { listenCommands } from './commands/listen.ts'
import { listenConfirm } from './confirm.ts'
import { listenDetails } from './details.ts'
import { listenEdit } from './edit.ts'
import { listenException } from './exception.ts'
import { listenReject } from './reject.ts'
import { listenRevise } from './revise.ts'
import { listenTest } from './send-test.ts'
import { listenSnooze } from './snooze.ts'
import { listenUndo } from './undo.ts'

/** Every interaction that the app answers. */
export function listen(app: App, deps: SlackDeps): void {
  for (const register of [
    listenApprove,
    listenEdit,
    listenRevise,
    listenReject,
    listenUndo,
    listenSnooze,
    listenDetails,
    listenTest,
    listenConfirm,
    listenException,
    listenCommands,
  ]) {
    register(app, deps)
  }
}
