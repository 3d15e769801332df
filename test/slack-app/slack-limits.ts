import fc from 'fast-check'
import { expect } from 'vitest'
import { MessageBlocksSchema } from '../../slack-app/sandbox/block-schema.ts'
import type { Message } from '../../slack-app/views/blocks.ts'

/** What an agent or a platform might write: nothing, a lot, markup, mentions, entities, half characters. */
export const anyWords = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\n',
    '<!channel>',
    '&',
    '😀'.repeat(300),
    '<'.repeat(2_000),
    '&'.repeat(4_000),
    'x'.repeat(9_000),
    '*a*\n*Costs*\nnothing',
    'a\ud800b',
  ),
  fc.string({ unit: 'binary', maxLength: 200 }),
)

/** As Slack judges: the stand-in's own schema, which shares no number with the views. */
export function standsInSlack(message: Message): void {
  const judged = MessageBlocksSchema.safeParse(message.blocks)
  expect(judged.error?.issues ?? []).toEqual([])
  expect(message.text.length).toBeGreaterThan(0)
  expect(message.text.length).toBeLessThanOrEqual(4_000)
  expect(message.blocks.length).toBeGreaterThan(0)
}
