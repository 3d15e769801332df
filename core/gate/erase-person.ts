import { type Actor, mayDo } from '../domain/people.ts'
import type { GivenIdentifier } from '../domain/recipients/identifier.ts'
import { err, ok } from '../domain/result.ts'
import type { SuppressionRow } from '../ports/people.ts'
import { type Context, transact } from './dependencies.ts'
import { redrawErased } from './erase-ended.ts'
import type { Answer } from './gate.ts'
import { identifying } from './know-people.ts'
import { namedBy } from './named-by.ts'
import { identifiedIn, tellLedger } from './record-consents.ts'
import type { Refusal } from './refusal.ts'

export type ErasedPerson = {
  readonly people: number
  /** What was written beside the ledger. */
  readonly details: number
  /** Ended actions that named them and lost their words. */
  readonly actions: number
  /** Actions and plans that name them and have not ended: their words go when they have. */
  readonly open: number
}

/**
 * Forgets one person: who they are, what they said, what reached them, what people wrote beside the ledger with them in
 * it, and the words of every action and plan that names them; of what has not ended when it has (`erase-ended.ts`).
 * Digests of their identifiers stay on the list of those who must not be contacted, so that no list that still has them
 * brings them back. The ledger itself holds nothing of them, and verifies as before.
 */
export async function erasePerson(
  ctx: Context,
  actor: Actor,
  identifiers: readonly GivenIdentifier[],
): Answer<ErasedPerson> {
  if (actor.kind === 'agent' || !mayDo(actor.role, 'erase_details'))
    return err({ kind: 'not_permitted', why: 'Only admins and owners can have a person forgotten.' })
  return await transact<ErasedPerson, Refusal>(ctx, actor.workspaceId, async (tx) => {
    const { workspace } = await tx.snapshot()
    const read = identifiedIn(identifying(ctx, workspace), [{ identifiers }], 'people')
    if (!read.ok) return read
    const named = namedBy(ctx, identifiers, workspace)
    // Settings are written under the control row, which comes before the people.
    if (await tx.people.isInSettings(named.texts)) await tx.lockControl('configure')
    await tx.people.lock()
    const given = read.value.flat().flatMap(({ kind, digests }) => digests.map((digest) => ({ kind, digest })))
    const theirs = [...given, ...(await tx.people.digestsBehind(given.map(({ digest }) => digest)))]
    const digests = new Map(theirs.map((one) => [one.digest, one.kind]))
    const people = await tx.people.forget([...digests.keys()])
    const tombstones = [...digests].map(
      ([digest, kind]): SuppressionRow => ({
        id: ctx.newId('sup'),
        digest,
        kind,
        channel: null,
        reason: 'erased',
        at: tx.now,
        byId: actor.id,
      }),
    )
    await tx.people.suppress(tombstones)
    const details = await tx.eraseDetailsWith(named.texts)
    await tx.lookUps.forgetReasonsWith(named.texts)
    const redacted = await tx.people.redactNamed(named)
    const { actions, open } = redacted
    await redrawErased(tx, redacted)
    await tellLedger(ctx, tx, 'person_erased', { by: actor.id, people, details, actions })
    return ok({ people, details, actions, open })
  })
}
