import { readTrust } from '../../read-trust.ts'
import { categoryChoices } from '../../views/reclaimed.ts'
import { refusalMessage } from '../../views/refusals.ts'
import { trustSummary } from '../../views/trust-summary.ts'
import type { Command } from './command.ts'
import { CATEGORY_CHOICES, whichCategory } from './which-category.ts'

/** `/tenure trust [category]`: the scores, what runs by itself, and what is next. */
export const trustCommand: Command = async ({ deps, actor, ctx, rest }) => {
  const asked = whichCategory(rest)
  if (asked === null && rest.trim() !== '') return categoryChoices(rest, CATEGORY_CHOICES)
  const what = asked?.what ?? null
  const trust = await readTrust(deps.gate, actor, what)
  return trust.ok ? trustSummary(what, trust.value, ctx) : refusalMessage(trust.error, ctx)
}
