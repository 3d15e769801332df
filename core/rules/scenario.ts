import type { PolicyDocument } from './policy.ts'

/** What matches none of a workspace's scenarios: nothing is earned there, a person decides. */
export const UNSEEN = 'unseen'

/**
 * The types of situation, as the gate sees them: the kind of action and each of the workspace's scenarios whose words
 * stand in the text. Without such rules every kind is one scenario.
 */
export function scenariosOf(policy: PolicyDocument, kindId: string, texts: readonly string[]): readonly string[] {
  const rules = rulesFor(policy, kindId)
  if (rules.length === 0) return [kindId]
  const text = texts.join('\n').toLowerCase()
  const found = rules.filter(({ words }) => words.some((word) => text.includes(word.toLowerCase())))
  return found.length === 0 ? [`${kindId}/${UNSEEN}`] : found.map(({ name }) => `${kindId}/${name}`)
}

/** The one that a decision counts for: the first that matches. */
export const scenarioOf = (policy: PolicyDocument, kindId: string, texts: readonly string[]): string =>
  scenariosOf(policy, kindId, texts)[0] ?? kindId

/**
 * What the proposer's own label adds: another scenario that binds too, so that a label can only make it stricter. A
 * label that no rule knows is an unseen scenario. Null: it adds nothing.
 */
export function labelledScenario(policy: PolicyDocument, kindId: string, label: string | undefined): string | null {
  const rules = rulesFor(policy, kindId)
  if (rules.length === 0 || label === undefined) return null
  return `${kindId}/${rules.some(({ name }) => name === label) ? label : UNSEEN}`
}

/** Whether more than recommendations can be earned there. */
export const canBeEarned = (scenario: string): boolean => !scenario.endsWith(`/${UNSEEN}`)

const rulesFor = ({ scenarios }: PolicyDocument, kindId: string) =>
  (scenarios ?? []).filter(({ kinds }) => kinds === undefined || kinds.includes(kindId))
