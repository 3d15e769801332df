import type { Actor, Role } from '../../core/domain/people.ts'
import type { Joined } from './joins.ts'
import { value, type World } from './world.ts'

/** Somebody whose token another one had issued and holds. */
export async function added(world: World, name: string, role: Role, by: Actor): Promise<Joined> {
  const email = `${name.toLowerCase()}@example.com`
  const { token } = value(await world.gate.addMember(by, { name, email, role }))
  const actor = await world.gate.authenticate(token)
  if (actor?.kind !== 'member') throw new Error('It is a member')
  return actor
}
/** The same person, who presses in Slack. */
export const inSlack = (who: Joined): Joined => ({ ...who, via: 'slack' })
/** Who has a Slack user has pressed there before. */
export const linked = (world: World, ...all: readonly Joined[]) =>
  Promise.all(all.map(({ id }) => world.query("update members set slack_user_id = 'U' || id where id = $1", [id])))
/** What the member does who takes a token of their own in Slack. */
export async function takesToken(world: World, who: Joined): Promise<Joined> {
  const { token } = value(await world.gate.takeOwnToken(inSlack(who)))
  return await cameWith(world, token)
}
/** The member with the new token that another one issues. */
export async function issued(world: World, who: Joined, by: Joined): Promise<Joined> {
  const { token } = value(await world.gate.issueToken(by, who.id))
  return await cameWith(world, token)
}
async function cameWith(world: World, token: string): Promise<Joined> {
  world.pass(1)
  const actor = await world.gate.authenticate(token)
  if (actor?.kind !== 'member') throw new Error('It is a member')
  return actor
}
