import { RE2JS, RE2Set } from 're2js'
import { z } from 'zod'
import { lazily } from './lazily.ts'
import type { Part } from './reading.ts'

const MOST_CHARACTERS = 300
const MOST_STEPS = 5_000

/** Patterns in RE2 syntax, which take linear time on any text. */
export type Patterns = {
  /** What each finds in a text, as it stands there, by its place in the list; those that find nothing are left out. */
  readonly in: (part: Part) => ReadonlyMap<number, string>
}

/** A pattern of a policy; refused where RE2 does not know it (look-around, back references) or it grows too large. */
export const PatternText = z
  .string()
  .min(1)
  .max(MOST_CHARACTERS)
  .refine((text) => compiled(text) !== null, 'is not a pattern that RE2 knows, or is too large')

/**
 * Compiles patterns that were checked, for one pass over each text. Large and small letters are the same; disguised text is
 * found as well.
 */
export function compilePatterns(list: readonly string[]): Patterns {
  const set = lazily(() => {
    const all = new RE2Set(RE2Set.UNANCHORED, RE2JS.CASE_INSENSITIVE)
    for (const text of list) all.add(text)
    all.compile()
    return all
  })
  const single = list.map((text) => lazily(() => compiled(text)))
  return {
    in(part) {
      const found = new Map<number, string>()
      if (list.length === 0) return found
      for (const face of [...part.faces, ...part.spellings().map((spelling) => spelling.text())]) {
        for (const index of set().match(face)) {
          const matcher = single[index]?.()?.matcher(face)
          if (!found.has(index) && matcher?.find()) found.set(index, matcher.group() ?? '')
        }
      }
      return found
    },
  }
}

function compiled(text: string): RE2JS | null {
  // Repeats within repeats multiply: {1000} of {1000} would be a million steps.
  const repeats = [...text.matchAll(/\{(\d+)(?:,(\d*))?\}/g)].map(([, low = '0', high]) => Number(high || low))
  if (repeats.reduce((product, times) => product * Math.max(times, 1), 1) > MOST_STEPS) return null
  try {
    return RE2JS.compile(text, RE2JS.CASE_INSENSITIVE)
  } catch {
    // Not RE2: whoever wrote the policy is told.
    return null
  }
}
