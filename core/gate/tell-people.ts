import type { NoticeBody, NoticeKind } from '../ports/promotions.ts'
import type { Context, Move } from './dependencies.ts'

/** Tells the people something about trust, once for what it is about; false: they were told before. */
export async function tellPeople(
  ctx: Pick<Context, 'newId'>,
  tx: Move,
  kind: NoticeKind,
  once: string,
  body: NoticeBody,
): Promise<boolean> {
  const id = ctx.newId('ntc')
  const isNew = await tx.promotions.tell({
    id,
    kind,
    once,
    version: 1,
    body,
    at: tx.now,
    answeredAt: null,
    byId: null,
    answer: null,
  })
  if (isNew) await tx.enqueue({ queue: 'trust_card', workspaceId: tx.workspaceId, subject: id })
  return isNew
}
