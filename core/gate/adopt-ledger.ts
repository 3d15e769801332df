import type { WorkspaceId } from '../domain/ids.ts'
import { type Actor, mayDo } from '../domain/people.ts'
import { err, ok } from '../domain/result.ts'
import type { Adoption } from '../domain/seal.ts'
import type { Ended, NewSeal } from '../ports/ledger.ts'
import { type Context, transact } from './dependencies.ts'
import type { Answer } from './gate.ts'
import { after, highest, makeSeal } from './make-seal.ts'
import { headOfLedger, type LedgerHead } from './read-ledger.ts'
import type { Refusal } from './refusal.ts'
import { written } from './written.ts'

const ATTEMPTS = 5

export type AdoptionRequest = {
  readonly reason: string
  /** The last head that is known from before the restore; null: the database lost nothing that was sealed. */
  readonly lost: { readonly batch: number; readonly head: string } | null
}

/**
 * Lets the chain go on in the open after a restore, a change of key, or a last seal that was tampered with: a signed
 * seal of its own says who adopted it and which batches are lost. Mends nothing: what was tampered with is still found.
 */
export async function adoptLedger(ctx: Context, actor: Actor, request: AdoptionRequest): Answer<LedgerHead> {
  if (actor.kind === 'agent' || !mayDo(actor.role, 'adopt_ledger'))
    return err({ kind: 'not_permitted', why: 'Only an owner can adopt the ledger.' })
  const { workspaceId } = actor
  const { lost, reason } = request
  const last = await ctx.store.ledger.lastSeal(workspaceId)
  if (lost && last && (lost.batch < last.batch || lost.head === last.head))
    return err({
      kind: 'malformed',
      problems: [{ path: 'lost', says: `is not lost: the ledger goes on to batch ${last.batch}.` }],
    })
  const make = (ended: Ended): NewSeal => adoption(ctx, workspaceId, ended, { by: actor.id, lost })
  // Not stored: a sealer was first, and the next try stands on what it sealed.
  for (let attempt = 1; !(await ctx.store.ledger.adopt(workspaceId, make)); attempt += 1)
    if (attempt === ATTEMPTS) throw new Error('Every adoption met a sealer that was first')
  await record(ctx, actor, lost, reason)
  const head = await headOfLedger(ctx, workspaceId)
  if (!head) throw new Error('The seal of an adoption is not there')
  return ok(head)
}

/** The reason is what a person wrote: it goes where it can be erased, not into the seal. */
async function record(ctx: Context, actor: Actor, lost: AdoptionRequest['lost'], reason: string): Promise<void> {
  await transact<void, Refusal>(ctx, actor.workspaceId, async (tx) => {
    await tx.lockControl('configure')
    await tx.appendEvent({
      subject: 'ledger',
      subjectVersion: await tx.nextSubjectVersion('ledger'),
      type: 'ledger_adopted',
      body: { by: actor.id, lost: lost && { ...lost } },
      ...written(reason),
    })
    return ok(undefined)
  })
}

function adoption({ ledgerKey }: Context, workspaceId: WorkspaceId, found: Ended, declared: Adoption) {
  const { last, horizon, now, ended } = found
  const chain = after(last)
  const events = ended?.events ?? []
  const { era } = chain.last
  return makeSeal(ledgerKey, events, {
    workspace: workspaceId,
    ...chain,
    // Numbers go on after what is lost, so that no two heads that were ever given out share one.
    batch: Math.max(chain.batch, (declared.lost?.batch ?? 0) + 1),
    ...(ended ? { last: { era: era + 1, tx: '0', id: '0' }, eraFrom: ended.eraTo } : {}),
    highestId: highest(events, chain.highestId),
    horizon,
    at: now.toISOString(),
    adoption: declared,
  })
}
