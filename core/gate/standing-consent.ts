import { CATEGORIES, type Category } from '../domain/category.ts'
import { type Actor, mayDo } from '../domain/people.ts'
import { err, ok } from '../domain/result.ts'
import { type Context, transact } from './dependencies.ts'
import type { Answer } from './gate.ts'
import { memberNames } from './list-grants.ts'
import type { Refusal } from './refusal.ts'
import { withdrawConsent } from './tell-demotion.ts'

export type StandingConsentView = {
  readonly category: string
  /** 3 or 4: full delegation always needs a consent of its own. */
  readonly upTo: 3 | 4
  readonly by: string
  readonly at: Date
  readonly withdrawnAt: Date | null
  readonly withdrawnWhy: string | null
}

/** The categories in which the owner chose that what has earned more gets it by itself. */
export async function listStandingConsents(ctx: Context, actor: Actor): Answer<readonly StandingConsentView[]> {
  if (actor.kind === 'agent') return err({ kind: 'not_permitted', why: 'Only members can see what was chosen.' })
  return await ctx.store.read(actor.workspaceId, async (tx) => {
    const [rows, names] = await Promise.all([tx.promotions.consents(), memberNames(tx)])
    return ok(
      rows.map(({ byId, upTo, ...row }) => ({
        ...row,
        upTo: upTo === 3 ? (3 as const) : (4 as const),
        by: names.get(byId) ?? byId,
      })),
    )
  })
}

/** Chooses it for a category, up to a level; null: from now on every raise is asked for again. */
export async function setStandingConsent(
  ctx: Context,
  actor: Actor,
  category: string,
  upTo: 3 | 4 | null,
): Answer<readonly StandingConsentView[]> {
  if (actor.kind === 'agent' || !mayDo(actor.role, 'choose_escalation'))
    return err({ kind: 'not_permitted', why: 'Only an owner can choose automatic escalation.' })
  const known = CATEGORIES.find((one): one is Category => one === category)
  if (!known) {
    const says = `A category: ${CATEGORIES.join(', ')}.`
    return err({ kind: 'malformed', problems: [{ path: 'category', says }] })
  }
  const set = await transact<void, Refusal>(ctx, actor.workspaceId, async (tx) => {
    await tx.lockControl('configure')
    if (upTo === null) await withdrawConsent(tx, known, `withdrawn by ${actor.name}`)
    else {
      const row = { category: known, upTo, byId: actor.id, at: tx.now, withdrawnAt: null, withdrawnWhy: null }
      await tx.promotions.putConsent(row)
      await tx.enqueue({ queue: 'review', workspaceId: actor.workspaceId })
    }
    const subject = `consent:${known}`
    await tx.appendEvent({
      subject,
      subjectVersion: await tx.nextSubjectVersion(subject),
      type: upTo === null ? 'consent_withdrawn' : 'consent_given',
      body: { by: actor.id, up_to: upTo },
    })
    return ok(undefined)
  })
  return set.ok ? await listStandingConsents(ctx, actor) : set
}
