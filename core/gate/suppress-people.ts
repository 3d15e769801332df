import { type Actor, mayDo } from '../domain/people.ts'
import { err, ok } from '../domain/result.ts'
import type { SuppressionRow } from '../ports/people.ts'
import { type Context, transact } from './dependencies.ts'
import type { Answer } from './gate.ts'
import type { SuppressionGiven, SuppressionLift } from './requests.ts'
import { digestsOf, identifying } from './know-people.ts'
import { identifiedIn, tellLedger } from './record-consents.ts'
import type { Refusal } from './refusal.ts'

/** Puts people on the list of those who must not be contacted, whatever they agreed to. */
export async function suppressPeople(
  ctx: Context,
  actor: Actor,
  given: readonly SuppressionGiven[],
): Answer<{ readonly suppressed: number }> {
  if (actor.kind === 'agent' || !mayDo(actor.role, 'record_consents'))
    return err({ kind: 'not_permitted', why: 'Only approvers, admins and owners can say who must not be contacted.' })
  return await transact<{ readonly suppressed: number }, Refusal>(ctx, actor.workspaceId, async (tx) => {
    const read = identifiedIn(identifying(ctx, (await tx.snapshot()).workspace), given, 'suppressions')
    if (!read.ok) return read
    await tx.people.lock()
    const rows = given.flatMap(({ channel, reason }, place) =>
      (read.value[place] ?? []).map(
        ({ kind, digests: [digest] }): SuppressionRow => ({
          id: ctx.newId('sup'),
          digest,
          kind,
          channel: channel ?? null,
          reason,
          at: tx.now,
          byId: actor.id,
        }),
      ),
    )
    const suppressed = await tx.people.suppress(rows)
    await tellLedger(ctx, tx, 'people_suppressed', { by: actor.id, suppressed })
    return ok({ suppressed })
  })
}

/** Takes people off that list again: they may be contacted as far as they agreed. */
export async function liftSuppressions(
  ctx: Context,
  actor: Actor,
  { identifiers, channel }: SuppressionLift,
): Answer<{ readonly lifted: number }> {
  if (actor.kind === 'agent' || !mayDo(actor.role, 'lift_suppressions'))
    return err({ kind: 'not_permitted', why: 'Only admins and owners can say that somebody may be contacted again.' })
  return await transact<{ readonly lifted: number }, Refusal>(ctx, actor.workspaceId, async (tx) => {
    const read = identifiedIn(identifying(ctx, (await tx.snapshot()).workspace), [{ identifiers }], 'people')
    if (!read.ok) return read
    await tx.people.lock()
    const given = digestsOf(read.value.flat())
    // Also what lies on their other addresses: they may be contacted as one person.
    const theirs = (await tx.people.digestsBehind(given)).map(({ digest }) => digest)
    const lifted = await tx.people.liftSuppressions([...new Set([...given, ...theirs])], channel ?? null, actor.id)
    if (lifted > 0) await tellLedger(ctx, tx, 'suppressions_lifted', { by: actor.id, lifted })
    return ok({ lifted })
  })
}
