import { BANDS } from '../../../core/domain/band.ts'
import { CATEGORIES, categoryWords } from '../../../core/domain/category.ts'
import { longestName } from './longest-name.ts'

/** Every category by its words and by its name in the API, and of each the scopes: "crm_update.small", "CRM updates, small". */
const NAMES = CATEGORIES.flatMap((category) => [
  { name: categoryWords(category), means: category },
  { name: category, means: category },
  ...BANDS.flatMap((band) => {
    const means = `${category}.${band}`
    return [
      { name: means, means },
      { name: `${categoryWords(category)}, ${band}`, means },
      { name: `${categoryWords(category)} ${band}`, means },
    ]
  }),
])

/** The category or scope that a text begins with, and the rest as a reason; null: none that is known. */
export function whichCategory(text: string): { readonly what: string; readonly reason: string | null } | null {
  const found = longestName(text, NAMES)
  return found === null ? null : { what: found.means, reason: found.reason }
}

export const CATEGORY_CHOICES: readonly string[] = CATEGORIES.map(categoryWords)
