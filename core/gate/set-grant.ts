import { BANDS } from '../domain/band.ts'
import { CATEGORIES } from '../domain/category.ts'
import type { Level } from '../domain/ceiling.ts'
import { type Actor, mayDo } from '../domain/people.ts'
import { err, ok } from '../domain/result.ts'
import type { GrantRow } from '../ports/rows.ts'
import { type Context, transact } from './dependencies.ts'
import type { Answer } from './gate.ts'
import type { Refusal } from './refusal.ts'
import type { GrantView } from './views.ts'
import { written } from './written.ts'

export type GrantOptions = { readonly until?: Date; readonly reason?: string }

const SCOPES: readonly string[] = CATEGORIES.flatMap((category) => BANDS.map((band) => `${category}.${band}`))

/** A person gives a scope its level. Lowering it recalls what is in flight there, by epoch and in this transaction. */
export async function setGrant(
  ctx: Context,
  actor: Actor,
  scope: string,
  level: Level,
  options: GrantOptions,
): Answer<GrantView> {
  if (actor.kind === 'agent' || !mayDo(actor.role, 'grant'))
    return err({ kind: 'not_permitted', why: 'Only admins and owners can grant a level.' })
  if (level === 5 && !mayDo(actor.role, 'grant_full_delegation'))
    return err({ kind: 'not_permitted', why: 'Only an owner can grant full delegation.' })
  if (!SCOPES.includes(scope)) {
    const says = `A scope is a category and a band, like crm_update.small. Categories: ${CATEGORIES.join(', ')}. Bands: ${BANDS.join(', ')}.`
    return err({ kind: 'malformed', problems: [{ path: 'scope', says }] })
  }
  return await transact<GrantView, Refusal>(ctx, actor.workspaceId, async (tx) => {
    await tx.lockControl('configure')
    if (options.until && options.until <= tx.now)
      return err({ kind: 'malformed', problems: [{ path: 'until', says: 'It lies in the past.' }] })
    const before = (await tx.snapshot()).grants.find((grant) => grant.scope === scope)
    const lowered = level < (before?.level ?? 2)
    const row: GrantRow = {
      scope,
      level,
      epoch: (before?.epoch ?? 0) + (lowered ? 1 : 0),
      byId: actor.id,
      byName: actor.name,
      at: tx.now,
      until: options.until ?? null,
      reason: options.reason ?? null,
    }
    await tx.putGrant(row)
    const subject = `grant:${scope}`
    const body = {
      scope,
      from: before?.level ?? null,
      to: level,
      by: actor.id,
      until: options.until?.toISOString() ?? null,
    }
    await tx.appendEvent({
      subject,
      subjectVersion: await tx.nextSubjectVersion(subject),
      type: 'granted',
      body,
      ...written(options.reason),
    })
    return ok(grantView(row))
  })
}

export const grantView = (row: GrantRow): GrantView => ({
  scope: row.scope,
  level: row.level,
  by: row.byName,
  at: row.at,
  until: row.until,
  reason: row.reason,
})

/** All grants of the workspace. */
export async function listGrants(ctx: Context, actor: Actor): Answer<readonly GrantView[]> {
  const { grants } = await ctx.store.read(actor.workspaceId, (tx) => tx.snapshot())
  return ok(grants.map(grantView))
}
