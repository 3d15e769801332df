import type { Level } from '../../core/domain/ceiling.ts'
import { categoryWords } from '../../core/domain/category.ts'
import { knownCategory } from '../../core/domain/trust/scope-score.ts'
import type { GrantView } from '../../core/gate/promotion-views.ts'
import { fence } from './mrkdwn.ts'

/** What an agent does at a level, as the end of "it …". */
export const LEVEL_DOES: Readonly<Record<Level, string>> = {
  1: 'is only recorded',
  2: 'asks you every time',
  3: 'acts and tells you',
  4: 'acts and reports once a week',
  5: 'handles all of it and reports once a month',
}

/** A category or a scope in a marketer's words: "CRM updates" or "CRM updates, small". */
export function placeWords(what: string): string {
  const category = knownCategory(what)
  if (category === null) return what
  const band = what.split('.')[1]
  return band === undefined ? categoryWords(category) : `${categoryWords(category)}, ${band}`
}

/** A scenario with the workspace's own name of the situation where it has one. */
export function situationWords(scenario: string): string {
  const [kind = scenario, name] = scenario.split('/')
  return name === undefined ? kind : `${kind}, “${name.replaceAll('_', ' ')}”`
}

/** An agent's name by its id. */
export type AgentNames = ReadonlyMap<string, string>

/** "Copywriter, hubspot.contact.update": whose work a level is about; escaped. */
export const whoseWork = ({ agentId, scenario }: Pick<GrantView, 'agentId' | 'scenario'>, agents: AgentNames): string =>
  fence(`${agents.get(agentId) ?? 'An agent'}, ${situationWords(scenario)}`)

const CELLS = 10

/** 52 of 100 as a bar of ten: full ones only where they are reached. */
export function scoreBar(score: number): string {
  const full = Math.min(CELLS, Math.max(0, Math.floor(score / CELLS)))
  return '▰'.repeat(full) + '▱'.repeat(CELLS - full)
}
