import { refusalMessage } from '../../views/refusals.ts'
import { undoList } from '../../views/undo-list.ts'
import type { Command } from './command.ts'

/** `/tenure undo`: what can be taken back or stopped, each with its button. Never guesses which one is meant. */
export const undoCommand: Command = async ({ deps, actor, ctx }) => {
  const executed = await deps.gate.listActions(actor, { state: 'executed' }, { limit: 20 })
  if (!executed.ok) return refusalMessage(executed.error, ctx)
  const held = await deps.gate.listActions(actor, { state: 'held' }, { limit: 20 })
  const scheduled = await deps.gate.listActions(actor, { state: 'scheduled' }, { limit: 20 })
  const waiting = [held, scheduled].flatMap((listed) => (listed.ok ? listed.value.items : []))
  return undoList([...executed.value.items, ...waiting], ctx)
}
