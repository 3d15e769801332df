import { z } from '@hono/zod-openapi'

/** A policy as it is sent: the text of its file, or the document as JSON. */
export const policyFields = {
  document: z
    .record(z.string(), z.json())
    .optional()
    .openapi({
      type: 'object',
      additionalProperties: true,
      description: 'The whole new document; its fields are checked by the gate',
      example: { budget: { day: { cap: 50_000 } } },
    }),
  source: z.string().max(500_000).optional().openapi({ description: 'The same as a file in YAML' }),
}

type Fields = { readonly document?: unknown; readonly source?: string | undefined }

export const eitherOne = [
  ({ document, source }: Fields) => (document === undefined) !== (source === undefined),
  'needs a document or the source of a file, not both',
] as const

/** Where neither means what is in force. */
export const notBoth = [
  ({ document, source }: Fields) => document === undefined || source === undefined,
  'takes a document or the source of a file, not both',
] as const

export const policyOf = ({ document, source }: Fields): unknown => source ?? document
