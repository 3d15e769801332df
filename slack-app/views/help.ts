import { type Message, section } from './blocks.ts'

const COMMANDS: readonly (readonly [string, string])[] = [
  ['/tenure queue', 'what is waiting for a decision'],
  [
    '/tenure stop',
    'stop everything at once; add what (`/tenure stop mailchimp`, `channel email`, `topic recall-x`) and why',
  ],
  ['/tenure resume', 'lift every stop, or one (`/tenure resume mailchimp`); add `review` and people look first'],
  ['/tenure undo', 'take back something that was done'],
  ['/tenure trust', 'what each kind of work has earned; add a category (`/tenure trust crm updates`) for what is next'],
  ['/tenure reclaim CATEGORY', 'take back at once what runs by itself there'],
  ['/tenure hand-back CATEGORY', 'let what was taken back run by itself again'],
  ['/tenure link CODE', 'make your presses here count as yours'],
  ['/tenure token', 'a token for the API that is yours alone, in the place of the one before'],
  ['/tenure help', 'this list'],
]

export const helpMessage = (): Message => ({
  text: 'What you can say to me',
  blocks: [section(`*What you can say to me*\n${COMMANDS.map(([say, does]) => `\`${say}\`  ${does}`).join('\n')}`)],
})
