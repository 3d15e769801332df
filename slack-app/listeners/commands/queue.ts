import { queueList } from '../../views/queue-list.ts'
import { refusalMessage } from '../../views/refusals.ts'
import type { Command } from './command.ts'

/** `/tenure queue`: what waits for a decision, and what needs a look. */
export const queueCommand: Command = async ({ deps, actor, ctx }) => {
  const waiting = await deps.gate.listActions(actor, { state: 'awaiting_approval' }, { limit: 50 })
  if (!waiting.ok) return refusalMessage(waiting.error, ctx)
  const exceptions = await deps.gate.listExceptions(actor)
  return queueList(waiting.value.items, waiting.value.nextCursor !== null, exceptions.ok ? exceptions.value : [], ctx)
}
