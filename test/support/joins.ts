import type { ApproverLimits } from '../../core/domain/approver-limits.ts'
import type { Actor, Role } from '../../core/domain/people.ts'
import { value, type World } from './world.ts'

export type Joined = Extract<Actor, { kind: 'member' }>

/** Somebody who is a member with a token that nobody else had; `via` is the door that they come in by. */
export async function joins(
  world: World,
  name: string,
  role: Role,
  limits: ApproverLimits | null = null,
  via: Joined['via'] = 'http',
): Promise<Joined> {
  const email = `${name.toLowerCase()}@example.com`
  const { member } = value(await world.gate.addMember(world.owner, { name, email, role }))
  await world.query("update members set token_hands = '{}' where id = $1", [member.id])
  if (limits) value(await world.gate.changeMember(world.owner, member.id, { limits }))
  return { kind: 'member', id: member.id, workspaceId: world.workspaceId, name, role, via }
}
