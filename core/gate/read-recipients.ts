import type { Channel } from '../domain/category.ts'
import { ok, type Result } from '../domain/result.ts'
import { platformWords } from '../domain/platform-words.ts'
import type { Kind, Recipient } from '../ports/kind.ts'
import type { Identified } from '../ports/people.ts'
import type { PlatformError, Session } from '../ports/platform.ts'
import type { StoredAction } from '../ports/rows.ts'
import { type Context, transact } from './dependencies.ts'
import { identifying, knowPeople, type KnownRecord } from './know-people.ts'

/** Whom an action would reach; or why that cannot be read. */
export type ToReach =
  | { readonly kind: 'unreadable'; readonly says: string }
  | {
      readonly kind: 'read'
      readonly people: readonly { readonly recipient: Recipient; readonly identified: readonly Identified[] }[]
    }

/**
 * Reads on the platform whom an action would reach, and takes up what the platform says that they agreed to, also of
 * those it reaches no more. Null: nobody's consent counts for this kind.
 */
export async function readRecipients(
  ctx: Context,
  { action, payload }: StoredAction,
  kind: Kind,
  session: Session,
): Promise<Result<ToReach | null, PlatformError>> {
  if (!kind.recipients) return ok(null)
  const read = await kind.recipients(payload.input, session)
  if (!read.ok) return read
  if (read.value.kind === 'unreadable') return ok(read.value)
  const { recipients } = read.value
  const source = platformWords(action.platform)
  const known = await transact<ToReach, never>(ctx, action.workspaceId, async (tx) => {
    const identify = identifying(ctx, (await tx.snapshot()).workspace)
    const people = recipients.map((recipient) => ({ recipient, identified: identify(recipient.identifiers) }))
    const records = people.map(
      ({ recipient, identified }): KnownRecord => ({
        identified,
        said: saidOn(recipient, kind.channel, source, tx.now),
      }),
    )
    if (records.length > 0) await knowPeople(ctx, tx, records, null)
    return ok({ kind: 'read', people: people.filter(({ recipient }) => isReached(recipient)) })
  })
  return known
}

const isReached = ({ says }: Recipient): boolean => says === 'subscribed' || says === 'unknown'

/** A consent without its time is no evidence of one; a withdrawal without it counts from now. */
export function saidOn({ says, since }: Recipient, channel: Channel, source: string, now: Date): KnownRecord['said'] {
  if (says === 'unknown' || (says === 'subscribed' && since === null)) return null
  if (says === 'subscribed') return { standing: 'given', at: since ?? now, channel, source }
  const how = says === 'cleaned' ? `${source} (mail came back)` : source
  return { standing: 'withdrawn', at: since ?? now, channel, source: how }
}
