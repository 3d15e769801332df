import { type Message, section } from './blocks.ts'

/** For a press on a proposal that the gate took back before anybody answered. */
export function withdrawnMessage(): Message {
  const says =
    'This was withdrawn before you pressed: what it rested on holds no longer, so your press was not counted. It is proposed again once it is earned again.'
  return { text: says, blocks: [section(says)] }
}
