import { z } from 'zod'
import { type ActionId, isId, type PlanId } from '../../core/domain/ids.ts'

/** What the buttons of a card act on, and which version of it the person saw. */
export type Shown = {
  readonly subject: ActionId | PlanId
  /** The first 16 characters of the payload hash; `-` where none was shown. */
  readonly hash: string
  readonly version: number
}

const NO_HASH = '-'

/**
 * The `block_id` of a card's buttons carries what was shown, so that a press on an outdated card is refused. It also
 * changes with every version, as Slack asks of an updated message. `part` tells two such blocks of a message apart.
 */
export function blockIdOf(
  shown: { readonly id: ActionId | PlanId; readonly payloadHash: string | null; readonly version: number },
  part?: string,
): string {
  const hash = shown.payloadHash === null ? NO_HASH : shown.payloadHash.slice(0, 16)
  return `${shown.id}:${hash}:${shown.version}${part === undefined ? '' : `:${part}`}`
}

const PATTERN = /^((?:act|pln)_[0-9a-z]{1,40}):([^:]{1,16}):(\d{1,12})(?::[a-z0-9_]{1,40})?$/

/** Parses a pressed block's id; anything else fails. */
export const ShownSchema = z.string().transform((text, ctx): Shown => {
  const match = PATTERN.exec(text)
  const subject = match?.[1] ?? ''
  if (match === null || !(isId('act', subject) || isId('pln', subject))) {
    ctx.addIssue({ code: 'custom', message: 'not a block of ours' })
    return z.NEVER
  }
  return { subject, hash: match[2] ?? NO_HASH, version: Number(match[3]) }
})

export const isPlanId = (id: ActionId | PlanId): id is PlanId => id.startsWith('pln_')
