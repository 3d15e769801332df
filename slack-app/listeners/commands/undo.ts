import { refusalMessage } from '../../views/refusals.ts'
import { undoList } from '../../views/undo-list.ts'
import type { Command } from './command.ts'

/** `/tenure undo`: what can be taken back or stopped, each with its button. Never guesses which one is meant. */
export const undoCommand: Command = async ({ deps, actor, ctx }) => {
  const executed = await deps.gate.listActions(actor, { state: 'executed' }, { limit: 20 })
  if (!executed.ok) return refusalMessage(executed.error, ctx)
  const held = await deps.gate.listActions(actor, { state: 'held' }, { limit: 20 })
  return undoList([...executed.value.items, ...(held.ok ? held.value.items : [])], ctx)
}
