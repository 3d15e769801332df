import type { PolicyDocument } from './policy.ts'

/** What matches none of a workspace's scenarios: nothing is earned there, a person decides. */
export const UNSEEN = 'unseen'

/**
 * The type of situation, as the gate sees it: the kind of action and the first of the workspace's scenarios whose words
 * stand in the text. Without such rules every kind is one scenario.
 */
export function scenarioOf(policy: PolicyDocument, kindId: string, texts: readonly string[]): string {
  const rules = rulesFor(policy, kindId)
  if (rules.length === 0) return kindId
  const text = texts.join('\n').toLowerCase()
  const found = rules.find(({ words }) => words.some((word) => text.includes(word.toLowerCase())))
  return `${kindId}/${found?.name ?? UNSEEN}`
}

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
