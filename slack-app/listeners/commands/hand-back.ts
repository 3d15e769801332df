import { agentNames } from '../../read-trust.ts'
import { categoryChoices, handedBackMessage, nothingThere } from '../../views/reclaimed.ts'
import { refusalMessage } from '../../views/refusals.ts'
import type { Command } from './command.ts'
import { CATEGORY_CHOICES, whichCategory } from './which-category.ts'

/** `/tenure hand-back <category> [why]`: what was taken back there runs by itself again, as it did. */
export const handBackCommand: Command = async ({ deps, actor, ctx, rest }) => {
  const asked = whichCategory(rest)
  if (asked === null) return categoryChoices(rest, CATEGORY_CHOICES)
  const given = await deps.gate.handBack(actor, { what: asked.what }, asked.reason)
  if (given.ok) return handedBackMessage(given.value, await agentNames(deps.gate, actor))
  return given.error.kind === 'not_found' ? nothingThere(asked.what, 'hand_back') : refusalMessage(given.error, ctx)
}
