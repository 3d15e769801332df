import type { Json } from '../../core/domain/canonical.ts'
import type { Field, Input } from '../../core/ports/kind.ts'
import { editsHere, fieldBlockId, listOf } from './edit-modal.ts'

/** What a person left in one element of a modal, whatever its type. */
export type Entered = {
  readonly value?: string | null | undefined
  readonly selected_option?: { readonly value: string } | null | undefined
  readonly selected_options?: readonly { readonly value: string }[] | undefined
  readonly selected_date_time?: number | null | undefined
}

/**
 * The whole new input after an edit. What was not touched keeps its exact value (a date its spelling, a number its
 * type), so that an edit of one field never changes another.
 */
export function editedInput(
  fields: readonly Field[],
  before: Input,
  entered: (blockId: string) => Entered | undefined,
): Input {
  const after: Record<string, Json | undefined> = { ...before }
  for (const field of fields) {
    if (!editsHere(field, before[field.name])) continue
    const given = entered(fieldBlockId(field))
    if (given === undefined) continue
    const value = valueOf(field, given, before[field.name])
    if (value === undefined) delete after[field.name]
    else after[field.name] = value
  }
  return after
}

function valueOf(field: Field, given: Entered, before: Json | undefined): Json | undefined {
  switch (field.type) {
    case 'boolean': {
      const ticked = (given.selected_options ?? []).length > 0
      return before === undefined && !ticked ? undefined : ticked
    }
    case 'choice': {
      const index = Number(given.selected_option?.value ?? Number.NaN)
      return field.options?.[index]?.value
    }
    case 'date_time': {
      if (typeof given.selected_date_time !== 'number') return undefined
      const same = typeof before === 'string' && Math.floor(Date.parse(before) / 1000) === given.selected_date_time
      return same ? before : new Date(given.selected_date_time * 1000).toISOString()
    }
    case 'number':
      return given.value ? Number(given.value) : undefined
    case 'list':
      return listValue(given.value ?? '', before)
    case 'text':
    case 'long_text':
    case 'email':
    case 'record':
      return given.value ? given.value : before === '' ? '' : undefined
  }
}

function listValue(text: string, before: Json | undefined): Json | undefined {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const was = listOf(before)
  if (before !== undefined && was !== null && was.join('\n') === lines.join('\n')) return before
  if (lines.length === 0) return before === undefined ? undefined : []
  return lines
}
