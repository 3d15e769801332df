import type { Actor } from '../domain/people.ts'
import { err, ok } from '../domain/result.ts'
import { type Context, transact } from './dependencies.ts'
import type { Answer } from './gate.ts'
import { makeKey } from './keys.ts'
import type { Refusal } from './refusal.ts'

/**
 * A new token for oneself, theirs alone from then on; the old one stops working with the commit. Only in Slack: with the
 * old token anybody who held that one could take the next.
 */
export async function takeOwnToken(ctx: Context, actor: Actor): Answer<{ readonly token: string }> {
  if (actor.kind === 'agent' || actor.via !== 'slack')
    return err({ kind: 'not_permitted', why: 'A token of your own is taken in Slack, with /tenure token.' })
  const { key, hash } = makeKey('member', actor.workspaceId, ctx.newSecret())
  return await transact<{ readonly token: string }, Refusal>(ctx, actor.workspaceId, async (tx) => {
    await tx.lockControl('configure')
    const member = await tx.loadMember(actor.id)
    if (!member || member.disabledAt !== null) return err({ kind: 'not_found', what: 'the member' })
    await tx.setMemberToken(actor.id, hash, tx.now)
    await tx.appendEvent({
      subject: actor.id,
      subjectVersion: await tx.nextSubjectVersion(actor.id),
      type: 'member_token_taken',
      body: { by: actor.id },
    })
    return ok({ token: key })
  })
}
