import { type Actor, mayDo } from '../domain/people.ts'
import { err, ok } from '../domain/result.ts'
import { type Context, transact } from './dependencies.ts'
import type { Answer } from './gate.ts'
import type { Refusal } from './refusal.ts'

/**
 * Erases what people wrote at the events of one subject (an action, a stop, the policy …), beside the ledger. The
 * events stay, with salted digests that nobody can try words against any more; that it was erased is an event itself.
 */
export async function eraseDetails(ctx: Context, actor: Actor, subject: string): Answer<{ readonly erased: number }> {
  if (actor.kind === 'agent' || !mayDo(actor.role, 'erase_details'))
    return err({ kind: 'not_permitted', why: 'Only admins and owners can erase what was written.' })
  return await transact<{ readonly erased: number }, Refusal>(ctx, actor.workspaceId, async (tx) => {
    // For update: two erasures of one subject would take the same version.
    await tx.lockControl('configure')
    const erased = await tx.eraseDetails(subject)
    if (erased === 0)
      return err({ kind: 'not_found', what: 'anything written at this subject (or it was erased already)' })
    const record = `erasure:${subject}`
    await tx.appendEvent({
      subject: record,
      subjectVersion: await tx.nextSubjectVersion(record),
      type: 'details_erased',
      body: { subject, erased, by: actor.id },
    })
    return ok({ erased })
  })
}
