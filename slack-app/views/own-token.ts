import { type Message, section } from './blocks.ts'

/** Seen by the caller alone, and not kept by Slack. */
export const ownTokenMessage = (token: string): Message => ({
  text: 'Your token',
  blocks: [
    section(
      `Your token for the API and the command line, shown only now: \`${token}\`\nThe one before no longer works. Give it to nobody: what is approved with it counts as yours.`,
    ),
  ],
})
