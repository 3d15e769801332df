import type { Json } from '../domain/canonical.ts'
import type { ExceptionOption, StoredAction } from '../ports/rows.ts'
import type { Transaction } from '../ports/transaction.ts'
import type { Context } from './dependencies.ts'
import { drawCard } from './draw-card.ts'

export type Opening = { readonly source: string; readonly says: string; readonly options: readonly ExceptionOption[] }

/** Opens an exception for a person, once an action and source; its card follows in the same transaction. */
export async function openException(
  ctx: Context,
  tx: Transaction,
  stored: StoredAction,
  opening: Opening,
): Promise<void> {
  const { action } = stored
  const open = await tx.openExceptions([action.id])
  if (open.some(({ source }) => source === opening.source)) return
  const id = ctx.newId('exc')
  const body: Json = { action: action.id, source: opening.source }
  await tx.insertException({
    id,
    actionId: action.id,
    ...opening,
    openedAt: tx.now,
    resolvedAt: null,
    resolvedBy: null,
    resolution: null,
  })
  await tx.appendEvent({
    subject: id,
    subjectVersion: 1,
    type: 'exception_opened',
    body,
    detail: { says: opening.says },
  })
  await drawCard(tx, action)
}
