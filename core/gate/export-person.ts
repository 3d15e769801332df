import type { Channel } from '../domain/category.ts'
import { CHANNELS } from '../domain/category.ts'
import { type Actor, mayDo } from '../domain/people.ts'
import { latestConsent } from '../domain/recipients/latest-consent.ts'
import type { GivenIdentifier } from '../domain/recipients/identifier.ts'
import { err, ok } from '../domain/result.ts'
import type { NamedIn, PersonRecord } from '../ports/people.ts'
import type { Context } from './dependencies.ts'
import type { Answer } from './gate.ts'
import { digestsOf, identifying } from './know-people.ts'
import { namedBy } from './named-by.ts'
import { identifiedIn } from './record-consents.ts'

export type PersonView = PersonRecord & {
  /** What counts now, on the channels about which they said anything. */
  readonly standing: readonly {
    readonly channel: Channel
    readonly standing: 'given' | 'withdrawn'
    readonly at: Date
  }[]
  /** Actions in which they are written, whether or not anything reached them. */
  readonly namedIn: readonly NamedIn[]
}

/** Everything that is kept of one person. Addresses are kept as digests, so only their kinds come back. */
export async function exportPerson(
  ctx: Context,
  actor: Actor,
  identifiers: readonly GivenIdentifier[],
): Answer<PersonView> {
  if (actor.kind === 'agent' || !mayDo(actor.role, 'erase_details'))
    return err({ kind: 'not_permitted', why: 'Only admins and owners can see what is kept of a person.' })
  return await ctx.store.read<Awaited<Answer<PersonView>>>(actor.workspaceId, async (tx) => {
    const { workspace } = await tx.snapshot()
    const read = identifiedIn(identifying(ctx, workspace), [{ identifiers }], 'people')
    if (!read.ok) return read
    const record = await tx.people.recordOf(digestsOf(read.value.flat()))
    const standing = CHANNELS.flatMap((channel) => {
      const latest = latestConsent(record.consents.filter((said) => said.channel === channel))
      return latest === null ? [] : [{ channel, standing: latest.standing, at: latest.at }]
    })
    return ok({ ...record, standing, namedIn: await tx.people.namedIn(namedBy(ctx, identifiers, workspace)) })
  })
}
