import { RE2JS } from 're2js'
import { z } from 'zod'
import { lazily } from './lazily.ts'
import type { Part } from './reading.ts'

const MOST_CHARACTERS = 300
const MOST_STEPS = 5_000

/** A pattern in RE2 syntax, which takes linear time on any text: what it finds in a text, as it stands there; null: nothing. */
export type Pattern = (part: Part) => string | null

/** A pattern of a policy; refused where RE2 does not know it (look-around, back references) or it grows too large. */
export const PatternText = z
  .string()
  .min(1)
  .max(MOST_CHARACTERS)
  .refine((text) => compiled(text) !== null, 'is not a pattern that RE2 knows, or is too large')

/** Compiles a pattern that was checked. Large and small letters are the same; disguised text is found as well. */
export function compilePattern(text: string): Pattern {
  const pattern = lazily(() => compiled(text))
  return (part) => {
    for (const face of [...part.faces, ...part.spellings().map((spelling) => spelling.text())]) {
      const matcher = pattern()?.matcher(face)
      if (matcher?.find()) return matcher.group() ?? ''
    }
    return null
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
