import { z } from 'zod'
import { MessageBlocksSchema } from './block-schema.ts'
import type { SandboxMessage, SandboxWorld } from './world.ts'

const ResponseBody = z.object({
  response_type: z.enum(['ephemeral', 'in_channel']).default('ephemeral'),
  replace_original: z.boolean().default(false),
  delete_original: z.boolean().default(false),
  text: z.string().default(''),
  blocks: z.array(z.unknown()).default([]),
})

/** The app's answer to a `response_url`: a message for one person, for everyone, or in place of the pressed one. */
export function respond(world: SandboxWorld, id: string, body: unknown): Response {
  const answering = world.spendAnswering(id)
  const parsed = ResponseBody.safeParse(body)
  const blocks = messageBlocks(parsed.success ? parsed.data.blocks : [])
  if (answering === null) return new Response('used_url', { status: 404 })
  if (!parsed.success || blocks === null) return new Response('invalid_blocks', { status: 400 })
  const { channel, ts, user } = answering
  const original = ts === null ? undefined : world.message(channel, ts)
  if (original !== undefined && parsed.data.delete_original) world.remove(original)
  else if (original !== undefined && parsed.data.replace_original)
    world.replace(original, { text: parsed.data.text, blocks })
  else {
    const onlyFor = parsed.data.response_type === 'ephemeral' ? user : null
    world.add({ channel, user: null, text: parsed.data.text, blocks, threadTs: null, broadcast: false, onlyFor })
  }
  return new Response('ok')
}

function messageBlocks(given: readonly unknown[]): SandboxMessage['blocks'] | null {
  const parsed = MessageBlocksSchema.safeParse(given)
  return parsed.success ? parsed.data : null
}
