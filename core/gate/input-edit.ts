import { canonicalJson, type Json } from '../domain/canonical.ts'
import { type Edit, textEdit } from '../domain/trust/edit-distance.ts'
import { type Field as TrustField, type Fields, fieldsEdit } from '../domain/trust/field-distance.ts'
import type { Field, Input } from '../ports/kind.ts'

const WRITTEN: readonly Field['type'][] = ['text', 'long_text', 'email']

/**
 * How far an edit went (trust model, 4.1): everything that is written as one text, everything else field by field, and
 * of the two the greater, so that a long text does not hide another amount. What cannot be edited, and what is of no
 * consequence, is left out.
 */
export function inputEdit(fields: readonly Field[], before: Input, after: Input): Edit {
  const counted = fields.filter(({ editable, cosmetic }) => editable && !cosmetic)
  const written = counted.filter(({ type }) => WRITTEN.includes(type))
  const structured = counted.filter(({ type }) => !WRITTEN.includes(type))
  const text = textEdit(wordsOf(written, before), wordsOf(written, after))
  const rest = fieldsEdit(valuesOf(structured, before), valuesOf(structured, after))
  return {
    distance: Math.max(text.distance, rest.distance),
    emptied: text.emptied || (rest.emptied && wordsOf(written, after) === ''),
  }
}

const wordsOf = (fields: readonly Field[], input: Input): string =>
  fields
    .flatMap(({ name }) => {
      const value = input[name]
      return typeof value === 'string' && value !== '' ? [value] : []
    })
    .join('\n')

function valuesOf(fields: readonly Field[], input: Input): Fields {
  const present = fields.flatMap(({ name }) => {
    const value = input[name]
    return value === undefined || value === null ? [] : [[name, valueOf(value)] as const]
  })
  return Object.fromEntries(present)
}

function valueOf(value: Exclude<Json, null>): TrustField {
  if (typeof value === 'number') return { kind: 'number', value }
  if (typeof value === 'string' || typeof value === 'boolean') return { kind: 'category', value }
  if (Array.isArray(value)) return { kind: 'set', value: value.map((item: Json) => canonicalJson(item)) }
  return { kind: 'category', value: canonicalJson(value) }
}
