import { type Category, categoryWords } from '../domain/category.ts'
import { WALLS, wallNames } from '../domain/trust/walls-gate.ts'
import type { PolicyDocument } from './policy.ts'
import type { Walled } from './wall-sections.ts'
import { wallsAt } from './walls.ts'

const NO_JUDGE =
  'No judge is set up here (TENURE_JUDGE_URL, TENURE_JUDGE_MODEL): what the judge section is for waits for a person.'

/** What an installation has: whether a judge, and where each of its kinds stands. */
export type Installed = { readonly hasJudge: boolean; readonly places: readonly Walled[] }

/** What is allowed to stand in a policy, and will not do what its author expects in this installation; a sentence each. */
export const policyWarnings = (document: PolicyDocument, { hasJudge, places }: Installed): readonly string[] => [
  ...(!hasJudge && makesWaitForJudge(document) ? [NO_JUDGE] : []),
  ...missingWalls(document, places),
]

/** Whether a judge is asked anywhere where its section does more than warn. */
const makesWaitForJudge = ({ judge, scopes = [], warn_only: everywhere = [] }: PolicyDocument): boolean =>
  [{ judge, warn_only: everywhere }, ...scopes].some(
    (place) => place.judge !== undefined && !(place.warn_only ?? everywhere).includes('judge'),
  )

/** Walls that every raise asks for; a budget only where money moves, which a policy does not say. */
const ALWAYS = WALLS.filter((wall) => wall !== 'budget')

/** Which walls lack where, one sentence for all categories that lack the same. */
function missingWalls(document: PolicyDocument, places: readonly Walled[]): readonly string[] {
  const lacking = new Map<string, Set<Category>>()
  for (const place of places) {
    const walls = wallsAt(document, place)
    const lacks = ALWAYS.filter((wall) => walls[wall] !== 'enforced')
    if (lacks.length === 0) continue
    const names = wallNames(lacks)
    lacking.set(names, (lacking.get(names) ?? new Set()).add(place.category))
  }
  const all = new Set(places.map(({ category }) => category)).size
  return [...lacking].map(([names, of]) => {
    const where = of.size === all ? '' : ` for ${[...of].map(categoryWords).join(', ')}`
    return `No level can rise${where}: nothing asks or blocks by ${names}.`
  })
}
