import type { types } from '@slack/bolt'
import { fence } from './mrkdwn.ts'

/** The blocks that we draw; `limits.ts` knows the limits of each. */
export type Block =
  | types.HeaderBlock
  | types.SectionBlock
  | types.ContextBlock
  | types.DividerBlock
  | types.ActionsBlock
  | types.ImageBlock
  | types.InputBlock

/** `text` is what a notification and a screen reader say; `blocks` what is drawn. */
export type Message = { readonly text: string; readonly blocks: Block[] }

export type Modal = Omit<types.ModalView, 'blocks'> & { blocks: Block[] }

export type Button = types.Button

export const plain = (text: string): types.PlainTextElement => ({ type: 'plain_text', text, emoji: false })

// Without `verbatim` Slack links names and mentions that it finds in the text, also in an agent's words.
export const mrkdwn = (text: string): types.MrkdwnElement => ({ type: 'mrkdwn', text, verbatim: true })

export const header = (text: string): types.HeaderBlock => ({ type: 'header', text: plain(text) })

export const section = (text: string): types.SectionBlock => ({ type: 'section', text: mrkdwn(text) })

export const context = (...texts: readonly string[]): types.ContextBlock => ({
  type: 'context',
  elements: texts.map(mrkdwn),
})

/** Short facts in two columns, each with its label in bold. Values are markup that was escaped before. */
export const facts = (pairs: readonly (readonly [label: string, value: string])[]): types.SectionBlock[] =>
  pairs.length === 0
    ? []
    : [{ type: 'section', fields: pairs.map(([label, value]) => mrkdwn(`*${fence(label)}*\n${value}`)) }]

export const divider = (): types.DividerBlock => ({ type: 'divider' })

export function button(actionId: string, text: string, value: string, style?: 'primary' | 'danger'): types.Button {
  return { type: 'button', action_id: actionId, text: plain(text), value, ...(style && { style }) }
}

export const linkButton = (actionId: string, text: string, url: string): types.Button => ({
  type: 'button',
  action_id: actionId,
  text: plain(text),
  url,
})

export const actions = (blockId: string, elements: types.ActionsBlockElement[]): types.ActionsBlock => ({
  type: 'actions',
  block_id: blockId,
  elements,
})

export const option = (value: string, text: string): types.PlainTextOption => ({ value, text: plain(text) })
