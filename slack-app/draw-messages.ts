import { createHash } from 'node:crypto'
import type { Result } from '../core/domain/result.ts'
import type { Refusal } from '../core/gate/refusal.ts'
import type { MessageKey, SentMessage } from '../core/ports/approvals.ts'
import { type To, updateMessage } from './call-slack.ts'
import { afterTrouble, BUSY, postClaimed, type Stands } from './post-once.ts'
import { approvalsChannel, type SideJobResult, type SyncContext } from './sync-context.ts'
import type { DesiredMessage } from './views/messages-for.ts'

const DONE: SideJobResult = { kind: 'done' }

/** What should stand in Slack about one subject. */
export type Drawing = {
  readonly key: MessageKey['subject']
  /** Grows with every change of the subject. */
  readonly version: number
  readonly desired: readonly DesiredMessage[]
}

/** Reads what is to be drawn, or says why the job ends without. */
export type Load = () => Promise<Result<readonly Drawing[], SideJobResult>>

/** Brings the messages of these drawings up to date; posts what is missing, each at most once. */
export async function drawMessages(sync: SyncContext, load: Load): Promise<SideJobResult> {
  // Somebody may draw a newer version while we draw this one; three rounds are more than two writers need.
  for (let round = 0; round < 3; round++) {
    const drawings = await load()
    if (!drawings.ok) return drawings.error
    let outdated = false
    for (const drawing of drawings.value) {
      const drawn = await draw(sync, drawing)
      if (drawn.kind === 'outdated') outdated = true
      else if (drawn.kind !== 'done') return drawn
    }
    if (!outdated) return DONE
  }
  return { kind: 'retry', afterMs: 1_000 }
}

/** What is gone stays gone; everything else (a platform that does not answer) is worth another look. */
export const afterRefusal = (refusal: Refusal, what: string): SideJobResult =>
  refusal.kind === 'not_found'
    ? { kind: 'failed', says: `There is no such ${what}` }
    : { kind: 'retry', afterMs: 'retryAfterMs' in refusal ? refusal.retryAfterMs : 30_000 }

type Drawn = SideJobResult | Stands | { readonly kind: 'outdated' }

async function draw(sync: SyncContext, drawing: Drawing): Promise<SideJobResult | { readonly kind: 'outdated' }> {
  let card: SentMessage | null = null
  let result: SideJobResult = DONE
  for (const desired of drawing.desired) {
    const drawn = await drawOne(sync, drawing, desired, card)
    if (drawn.kind === 'stands') {
      if (desired.slot === 'card') card = drawn.message
    } else if (drawn.kind === 'retry' || drawn.kind === 'outdated') {
      return drawn
    } else if (drawn.kind === 'failed') {
      sync.deps.log('error', 'slack: a message could not be shown', { slot: desired.slot, says: drawn.says })
      // The requester's thread is named by the proposer; a wrong one must not fail the card.
      if (desired.slot !== 'requester') result = drawn
    }
  }
  return result
}

async function drawOne(
  sync: SyncContext,
  drawing: Drawing,
  desired: DesiredMessage,
  card: SentMessage | null,
): Promise<Drawn> {
  const key: MessageKey = { workspaceId: sync.workspace.id, subject: drawing.key, slot: desired.slot }
  const claim = await sync.deps.messages.claim(key)
  switch (claim.kind) {
    case 'busy':
      return BUSY
    case 'sent':
      return update(sync, key, drawing.version, desired, claim.message)
    case 'claimed': {
      const to = desired.want === 'update' ? null : placeOf(sync, desired, card)
      if (to !== null) {
        return postClaimed(sync, key, to, desired.message, digestOf(drawing.version, desired))
      }
      await sync.deps.messages.released(key)
      return DONE
    }
  }
}

function placeOf(sync: SyncContext, desired: DesiredMessage, card: SentMessage | null): To | null {
  const { place } = desired
  switch (place.kind) {
    case 'approvals_channel':
      return { channel: approvalsChannel(sync) }
    case 'thread':
      return { channel: place.channel, thread: place.ts }
    case 'card_thread':
      if (card !== null) return { channel: card.channel, thread: card.ts, broadcast: place.mustBeTold }
      return place.mustBeTold ? { channel: approvalsChannel(sync) } : null
  }
}

async function update(
  sync: SyncContext,
  key: MessageKey,
  version: number,
  desired: DesiredMessage,
  sent: SentMessage,
): Promise<Drawn> {
  const digest = digestOf(version, desired)
  if (sent.digest === digest || versionOf(sent.digest) > version) return { kind: 'stands', message: sent }
  const updated = await updateMessage(sync.client, sent, desired.message)
  if (updated.ok) {
    const message = { ...sent, digest }
    const now = await sync.deps.messages.claim(key)
    // A newer drawing went out while ours was under way, and ours may lie on top of it.
    if (now.kind === 'sent' && versionOf(now.message.digest) > version) {
      await sync.deps.messages.filled(key, message)
      return { kind: 'outdated' }
    }
    await sync.deps.messages.filled(key, message)
    return { kind: 'stands', message }
  }
  if (updated.error.kind === 'refused' && GONE.includes(updated.error.error)) {
    // Somebody deleted it; what still needs a person is posted anew, the rest is left deleted.
    return desired.want === 'update' ? DONE : repost(sync, key, version, desired)
  }
  return updated.error.kind === 'unclear' ? { kind: 'retry', afterMs: 5_000 } : afterTrouble(updated.error)
}

const GONE: readonly string[] = ['message_not_found', 'channel_not_found', 'is_inactive']

async function repost(sync: SyncContext, key: MessageKey, version: number, desired: DesiredMessage): Promise<Drawn> {
  const to = placeOf(sync, desired, null)
  return to === null ? DONE : postClaimed(sync, key, to, desired.message, digestOf(version, desired))
}

/** The version goes first, so that an older drawing never replaces a newer one. */
const digestOf = (version: number, desired: DesiredMessage): string =>
  `${version}.${createHash('sha256').update(JSON.stringify(desired.message)).digest('hex')}`

const versionOf = (digest: string): number => Number(digest.split('.')[0]) || 0
