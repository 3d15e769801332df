import { agentNames } from '../../read-trust.ts'
import { categoryChoices, nothingThere, reclaimedMessage } from '../../views/reclaimed.ts'
import { refusalMessage } from '../../views/refusals.ts'
import type { Command } from './command.ts'
import { CATEGORY_CHOICES, whichCategory } from './which-category.ts'

/** `/tenure reclaim <category> [why]`: takes back what runs by itself there, at once. */
export const reclaimCommand: Command = async ({ deps, actor, ctx, rest }) => {
  const asked = whichCategory(rest)
  if (asked === null) return categoryChoices(rest, CATEGORY_CHOICES)
  const taken = await deps.gate.reclaimLevel(actor, { what: asked.what }, asked.reason)
  if (taken.ok) return reclaimedMessage(taken.value, await agentNames(deps.gate, actor))
  return taken.error.kind === 'not_found' ? nothingThere(asked.what, 'reclaim') : refusalMessage(taken.error, ctx)
}
