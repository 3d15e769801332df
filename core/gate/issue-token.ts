import { handsOf, withIssuedToken } from '../domain/hands.ts'
import type { MemberId } from '../domain/ids.ts'
import { type Actor, mayDo } from '../domain/people.ts'
import { err, ok } from '../domain/result.ts'
import { limitsToGive, roleNow } from '../domain/rights.ts'
import { beyondGiving } from './beyond-giving.ts'
import { type Context, transact } from './dependencies.ts'
import type { Answer } from './gate.ts'
import { makeKey } from './keys.ts'
import { memberView } from './members.ts'
import type { Refusal } from './refusal.ts'
import type { MemberView } from './views.ts'

/**
 * A new token for another member, shown once to whoever issues it and in the hands of both from then on; the old one
 * stops working with the commit. By an admin, for admins and owners by an owner, and for nobody who may decide more
 * than whoever issues it can give. What was done with the old one stays in the hands that it was in.
 */
export async function issueToken(
  ctx: Context,
  actor: Actor,
  id: MemberId,
): Answer<{ readonly member: MemberView; readonly token: string }> {
  if (actor.kind === 'agent' || !mayDo(actor.role, 'manage_members')) return refused(NOT_AN_ADMIN)
  if (actor.id === id) return refused(NOT_FOR_ONESELF)
  const { key, hash } = makeKey('member', actor.workspaceId, ctx.newSecret())
  return await transact(ctx, actor.workspaceId, async (tx) => {
    await tx.lockControl('configure')
    const { members, workspace } = await tx.snapshot()
    const member = await tx.loadMember(id)
    if (!member) return err<Refusal>({ kind: 'not_found', what: 'the member' })
    // By the role in force: it may have been taken while this waited.
    const me = members.find((one) => one.id === actor.id && one.disabledAt === null)
    const role = roleNow(actor, members, tx.now)
    if (!me || !mayDo(role, 'manage_members')) return refused(NOT_AN_ADMIN)
    if (mayDo(member.role, 'manage_members') && !mayDo(role, 'change_roles')) return refused(NOT_AN_OWNER)
    if (member.disabledAt !== null) return refused(LEFT)
    const beyond = beyondGiving(workspace, member.limits, limitsToGive(actor, members, tx.now))
    if (beyond) return err(beyond)
    const held = withIssuedToken(member, handsOf(members, actor, tx.now), tx.now)
    await tx.issueMemberToken(id, hash, held)
    await tx.appendEvent({
      subject: id,
      subjectVersion: await tx.nextSubjectVersion(id),
      type: 'member_token_issued',
      body: { by: actor.id },
    })
    return ok({ member: memberView(member), token: key })
  })
}

const NOT_AN_ADMIN = 'Only admins and owners can issue tokens.'
const NOT_AN_OWNER = 'Only an owner can issue a token for an admin or owner.'
const LEFT = 'They left. Bring them back first, then issue a token.'
// Over a token, whoever held the old one could take the next.
const NOT_FOR_ONESELF = 'For yourself, take one in Slack with /tenure token, or have an owner issue you one.'

const refused = (why: string) => err<Refusal>({ kind: 'not_permitted', why })
