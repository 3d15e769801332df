import type { App } from '@slack/bolt'
import type { SlackDeps } from '../deps.ts'
import { decideShown, settle } from './decide-shown.ts'
import { onPress } from './press.ts'

/** *Right to ask* and *No need to ask*: what a person says of the question that was put to them. */
export function listenQuestion(app: App, deps: SlackDeps): void {
  const marks = { question_right: 'right_to_ask', question_no_need: 'no_need_to_ask' } as const
  for (const [actionId, decision] of Object.entries(marks)) {
    onPress(app, deps, actionId, async (press) => {
      await settle(press, await decideShown(deps.gate, press.actor, press.shown, { decision }))
    })
  }
}
