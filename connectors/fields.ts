import { z } from 'zod'
import type { Json } from '../core/domain/canonical.ts'
import type { Field } from '../core/ports/kind.ts'

/** What a schema cannot say about a field: how a person calls it, and what editing it means. */
export type FieldWords = {
  readonly label: string
  readonly help?: string
  /** A text that deserves more than one line. */
  readonly long?: boolean
  /** False for what points at a thing on the platform; true where absent. */
  readonly editable?: boolean
  /** True where it reaches neither the platform nor a person; false where absent. */
  readonly cosmetic?: boolean
  /** True where it holds the platform's own ids of people; false where absent. */
  readonly person?: boolean
  /** A choice's values in a marketer's words. */
  readonly options?: Readonly<Record<string, string>>
}

const Described = z.object({
  type: z.string().optional(),
  format: z.string().optional(),
  enum: z.array(z.string()).optional(),
  maxLength: z.number().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
})
type Described = z.infer<typeof Described>

const DescribedObject = z.object({
  properties: z.record(z.string(), z.record(z.string(), z.json())),
  required: z.array(z.string()).optional(),
})

const asJsonSchema = (schema: z.ZodObject) => z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12' })

/** The fields of a schema, in its order. */
export function fieldsOf(schema: z.ZodObject, words: Readonly<Record<string, FieldWords>>): readonly Field[] {
  const described = DescribedObject.parse(asJsonSchema(schema))
  const required = new Set(described.required ?? [])
  return Object.entries(described.properties).map(([name, property]) =>
    fieldOf(name, Described.parse(property), wordsOf(words, name), required.has(name)),
  )
}

/** The input as a JSON Schema for tool lists, with the labels as titles. */
export function jsonSchemaOf(schema: z.ZodObject, words: Readonly<Record<string, FieldWords>>): Json {
  const { $schema: _draft, ...rest } = z.record(z.string(), z.json()).parse(asJsonSchema(schema))
  const properties: Record<string, Json> = {}
  for (const [name, property] of Object.entries(DescribedObject.parse(rest).properties)) {
    const { label, help } = wordsOf(words, name)
    properties[name] = { ...property, title: label, ...(help !== undefined && { description: help }) }
  }
  return { ...rest, properties }
}

function wordsOf(words: Readonly<Record<string, FieldWords>>, name: string): FieldWords {
  const found = words[name]
  if (found === undefined) throw new Error(`The field ${name} has no words`)
  return found
}

function fieldOf(name: string, described: Described, words: FieldWords, required: boolean): Field {
  const options = described.enum?.map((value) => ({ value, label: words.options?.[value] ?? value }))
  return {
    name,
    label: words.label,
    type: typeOf(described, words),
    required,
    ...(options && { options }),
    ...(described.maxLength !== undefined && { maxLength: described.maxLength }),
    ...(described.minimum !== undefined && { minimum: described.minimum }),
    ...(described.maximum !== undefined && { maximum: described.maximum }),
    ...(words.help !== undefined && { help: words.help }),
    editable: words.editable ?? true,
    cosmetic: words.cosmetic ?? false,
    ...(words.person === true && { person: true }),
  }
}

const BY_TYPE: Readonly<Record<string, Field['type']>> = {
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
  array: 'list',
  object: 'record',
}

function typeOf(described: Described, words: FieldWords): Field['type'] {
  if (described.enum !== undefined) return 'choice'
  if (described.format === 'email') return 'email'
  if (described.format === 'date-time') return 'date_time'
  return BY_TYPE[described.type ?? ''] ?? (words.long === true ? 'long_text' : 'text')
}
