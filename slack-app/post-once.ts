import type { MessageKey, Messages, SentMessage } from '../core/ports/approvals.ts'
import { postMessage, type To } from './call-slack.ts'
import { paced } from './paced.ts'
import type { SideJobResult, SyncContext } from './sync-context.ts'
import type { Message } from './views/blocks.ts'
import type { SlackTrouble } from './web-client.ts'

/** A claim that was not filled may be taken again after a minute. */
const CLAIM_LAPSES_MS = 65_000
/** Somebody else is posting it; by then they are done. */
export const BUSY: SideJobResult = { kind: 'retry', afterMs: 2_000 }

export type Stands = { readonly kind: 'stands'; readonly message: SentMessage }

/** Posts a message unless it was posted before, by whomever. */
export async function postOnce(sync: SyncContext, key: MessageKey, to: To, message: Message): Promise<SideJobResult> {
  const claim = await sync.deps.messages.claim(key)
  if (claim.kind === 'sent') return { kind: 'done' }
  if (claim.kind === 'busy') return BUSY
  const posted = await postClaimed(sync, key, to, message, key.slot)
  return posted.kind === 'stands' ? { kind: 'done' } : posted
}

/** Posts what was claimed, in its channel's turn. A claim whose post has no clear answer is kept until it lapses. */
export async function postClaimed(
  sync: SyncContext,
  key: MessageKey,
  to: To,
  message: Message,
  digest: string,
): Promise<SideJobResult | Stands> {
  const { messages } = sync.deps
  const lateMs = await paced(sync.deps, sync.workspace.id, to.channel)
  if (lateMs > 0) {
    await messages.released(key)
    return { kind: 'retry', afterMs: lateMs }
  }
  const posted = await postMessage(sync.client, to, message)
  if (posted.ok) {
    const sent = { ...posted.value, digest }
    await messages.filled(key, sent)
    return { kind: 'stands', message: sent }
  }
  if (posted.error.kind === 'unclear') return { kind: 'retry', afterMs: CLAIM_LAPSES_MS }
  await messages.released(key)
  return afterTrouble(posted.error)
}

export const afterTrouble = (trouble: Exclude<SlackTrouble, { kind: 'unclear' }>): SideJobResult =>
  trouble.kind === 'rate_limited'
    ? { kind: 'retry', afterMs: trouble.afterMs }
    : { kind: 'failed', says: `Slack refused: ${trouble.error}` }

/** Where a message stands, without claiming it; null: it was never posted. */
export async function whereItStands(messages: Messages, key: MessageKey): Promise<SentMessage | null | 'busy'> {
  const claim = await messages.claim(key)
  if (claim.kind === 'sent') return claim.message
  if (claim.kind === 'busy') return 'busy'
  await messages.released(key)
  return null
}
