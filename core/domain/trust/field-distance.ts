import { type Edit, textEdit } from './edit-distance.ts'

/** A field of a structured payload (a budget, a schedule), before or after an edit. */
export type Field =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'category'; readonly value: string | boolean | null }
  | { readonly kind: 'set'; readonly value: readonly string[] }
  | { readonly kind: 'text'; readonly value: string }

export type Fields = Readonly<Record<string, Field>>

/**
 * The edit that leads from one structured payload to another: the mean over all fields of either. A field that came or
 * went, or that changed its kind, is a whole change. Section 4.1. Emptied: there were fields, and none is left.
 */
export function fieldsEdit(before: Fields, after: Fields): Edit {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  if (names.length === 0) return { distance: 0, emptied: false }
  const distances = names.map((name) => fieldDistance(before[name], after[name]))
  return {
    distance: distances.reduce((sum, distance) => sum + distance, 0) / names.length,
    emptied: Object.keys(after).length === 0,
  }
}

/** The distance of one field, 0 to 1: numbers by ratio, categories 0 or 1, sets by Jaccard, texts by tokens. */
export function fieldDistance(before: Field | undefined, after: Field | undefined): number {
  if (before === undefined || after === undefined) return before === after ? 0 : 1
  if (before.kind === 'number' && after.kind === 'number') return numberDistance(before.value, after.value)
  if (before.kind === 'set' && after.kind === 'set') return setDistance(before.value, after.value)
  if (before.kind === 'text' && after.kind === 'text') return textEdit(before.value, after.value).distance
  return before.kind === after.kind && before.value === after.value ? 0 : 1
}

/** |x − y| / max(|x|, |y|), at most 1: numbers of opposite signs are as far apart as can be. */
function numberDistance(x: number, y: number): number {
  return x === y ? 0 : Math.min(1, Math.abs(x - y) / Math.max(Math.abs(x), Math.abs(y)))
}

function setDistance(before: readonly string[], after: readonly string[]): number {
  const [a, b] = [new Set(before), new Set(after)]
  const union = new Set([...a, ...b]).size
  return union === 0 ? 0 : 1 - (a.size + b.size - union) / union
}
