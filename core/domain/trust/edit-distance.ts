import { isProtectedChange } from './protected-tokens.ts'
import { tokensOf } from './tokens.ts'

export type EditClass = 'none' | 'cosmetic' | 'minor' | 'moderate' | 'rewrite'

export type Edit = {
  /** D, 0 (untouched) to 1; section 4.1. */
  readonly distance: number
  /** Nothing was left: a rewrite, whatever the distance. */
  readonly emptied: boolean
}

export const UNTOUCHED: Edit = { distance: 0, emptied: false }

/** A one-word change in a headline is not a rewrite: nothing is measured against fewer tokens than this. */
const FEWEST_TOKENS = 10
const PROTECTED_DISTANCE = 0.3

/**
 * The edit that leads from one text to another: D = d / max(|A|, |B|, 10), and at least 0.30 where a number, a price,
 * an address or a date changed. Section 4.1.
 */
export function textEdit(before: string, after: string): Edit {
  const a = tokensOf(before)
  const b = tokensOf(after)
  const distance = levenshtein(a, b) / Math.max(a.length, b.length, FEWEST_TOKENS)
  return {
    distance: isProtectedChange(before, after) ? Math.max(distance, PROTECTED_DISTANCE) : distance,
    emptied: a.length > 0 && b.length === 0,
  }
}

/** q(D), 0 to 1. The step at 0 makes approvals without any edit score highest. Section 4.1. */
export const editQuality = (distance: number): number => (distance === 0 ? 1 : 0.9 * (1 - Math.min(1, distance / 0.5)))

/** The class of an edit; its bounds belong to the milder class. Section 4.1. */
export function editClass({ distance, emptied }: Edit): EditClass {
  if (emptied || distance > 0.4) return 'rewrite'
  if (distance === 0) return 'none'
  if (distance <= 0.05) return 'cosmetic'
  return distance <= 0.15 ? 'minor' : 'moderate'
}

/** How many tokens must be inserted, deleted or substituted, at a cost of 1 each. */
export function levenshtein(before: readonly string[], after: readonly string[]): number {
  const [a, b] = withoutSameEnds(before, after)
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  a.forEach((token, i) => {
    const next = [i + 1]
    let left = i + 1
    let diagonal = i
    b.forEach((other, j) => {
      const above = row[j + 1] ?? 0
      left = Math.min(above + 1, left + 1, diagonal + (token === other ? 0 : 1))
      diagonal = above
      next.push(left)
    })
    row = next
  })
  return row[b.length] ?? 0
}

/** Most edits touch a few words of a long text; what is the same at both ends costs nothing and need not be compared. */
function withoutSameEnds(a: readonly string[], b: readonly string[]): readonly [readonly string[], readonly string[]] {
  const shorter = Math.min(a.length, b.length)
  let head = 0
  while (head < shorter && a[head] === b[head]) head += 1
  let tail = 0
  while (tail < shorter - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1
  return [a.slice(head, a.length - tail), b.slice(head, b.length - tail)]
}
