import { z } from '@hono/zod-openapi'
import type { Field, Kind } from '../../ports/kind.ts'
import { CHANNELS } from '../../domain/category.ts'
import { CategorySchema } from './action-schema.ts'

const FieldSchema = z
  .object({
    name: z.string(),
    label: z.string(),
    type: z.enum(['text', 'long_text', 'email', 'number', 'boolean', 'choice', 'date_time', 'list', 'record']),
    required: z.boolean(),
    options: z.array(z.object({ value: z.string(), label: z.string() })).optional(),
    max_length: z.int().optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    help: z.string().optional(),
    editable: z.boolean(),
  })
  .openapi('Field')

export const KindSchema = z
  .object({
    id: z.string().openapi({ example: 'mailchimp.campaign.send' }),
    title: z.string(),
    platform: z.string(),
    category: CategorySchema,
    channel: z.enum(CHANNELS),
    risk: z.enum(['low', 'medium', 'high']),
    effect: z.object({
      repeat: z.enum(['safe', 'keyed', 'unsafe']),
      undo: z.enum(['exact', 'compensating', 'held', 'none']),
      preparing: z.boolean(),
    }),
    reaches_people: z.boolean(),
    can_test: z.boolean(),
    fields: z.array(FieldSchema),
    json_schema: z.unknown().openapi({ description: 'JSON Schema of `input`', type: 'object' }),
  })
  .openapi('Kind')

export function representKind(kind: Kind): z.infer<typeof KindSchema> {
  return {
    id: kind.id,
    title: kind.title,
    platform: kind.platform,
    category: kind.category,
    channel: kind.channel,
    risk: kind.risk,
    effect: { repeat: kind.effect.repeat, undo: kind.effect.undo, preparing: kind.effect.preparing === true },
    reaches_people: kind.reachesPeople,
    can_test: kind.sendTest !== undefined,
    fields: kind.fields.map(field),
    json_schema: kind.jsonSchema,
  }
}

function field(of: Field): z.infer<typeof FieldSchema> {
  return {
    name: of.name,
    label: of.label,
    type: of.type,
    required: of.required,
    ...(of.options === undefined ? {} : { options: of.options.map(({ value, label }) => ({ value, label })) }),
    ...(of.maxLength === undefined ? {} : { max_length: of.maxLength }),
    ...(of.minimum === undefined ? {} : { minimum: of.minimum }),
    ...(of.maximum === undefined ? {} : { maximum: of.maximum }),
    ...(of.help === undefined ? {} : { help: of.help }),
    editable: of.editable,
  }
}
