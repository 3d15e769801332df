import { type Message, section } from './blocks.ts'
import { fitMessage } from './limits.ts'

/** For whoever is not known here yet. Their press did not count. */
export const linkPrompt = (): Message =>
  fitMessage({
    text: 'I do not know you here yet.',
    blocks: [
      section(
        'I do not know you here yet, so this did not count.\n' +
          'Ask an admin for a link code and type `/tenure link CODE`; then press again.',
      ),
    ],
  })

export const linkedMessage = (name: string): Message => ({
  text: 'You are linked.',
  blocks: [section(`You are linked as *${name}*. Your presses count from now on.`)],
})

/** A team that no workspace belongs to. */
export const noWorkspaceMessage = (): Message => ({
  text: 'This Slack is not connected.',
  blocks: [section('This Slack is not connected to a workspace. An admin can connect it in the console.')],
})
