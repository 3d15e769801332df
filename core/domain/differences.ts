import { canonicalJson, type Json } from './canonical.ts'

export type Difference = { readonly label: string; readonly was: string; readonly is: string }

export type Named = { readonly label: string; readonly value: Json; readonly text: string }

/** What differs between two lists of named values, in the order of the second; a value that went is told last. */
export function differencesBetween(before: readonly Named[], after: readonly Named[]): readonly Difference[] {
  const found: Difference[] = []
  for (const now of after) {
    const then = before.find((other) => other.label === now.label)
    if (then === undefined) found.push({ label: now.label, was: '', is: now.text })
    else if (canonicalJson(then.value) !== canonicalJson(now.value)) {
      found.push({ label: now.label, was: then.text, is: now.text })
    }
  }
  for (const then of before) {
    if (!after.some((other) => other.label === then.label)) found.push({ label: then.label, was: then.text, is: '' })
  }
  return found
}

/** A JSON value as a person reads it: text as it is, lists with commas, yes and no. */
export function asText(value: Json | undefined): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  if (Array.isArray(value)) return value.map(asText).join(', ')
  return Object.entries(value)
    .map(([key, member]) => `${key}: ${asText(member)}`)
    .join(', ')
}
