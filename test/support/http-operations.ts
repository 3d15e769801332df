import { z } from 'zod'
import { httpApp, request } from './http-app.ts'

const Operation = z.looseObject({
  operationId: z.string(),
  tags: z.array(z.string()),
  summary: z.string(),
  security: z.array(z.unknown()).optional(),
  parameters: z
    .array(
      z.looseObject({
        in: z.string(),
        name: z.string(),
        required: z.boolean().optional(),
        schema: z.looseObject({ pattern: z.string().optional() }),
      }),
    )
    .default([]),
  requestBody: z
    .object({
      required: z.boolean().optional(),
      content: z.object({ 'application/json': z.object({ schema: z.looseObject({}) }) }),
    })
    .optional(),
  responses: z.record(z.string(), z.looseObject({ description: z.string() })),
})

export type Described = z.infer<typeof Operation> & {
  readonly method: string
  readonly path: string
  /** The path with an id of the right shape in it. */
  readonly url: string
}

/** The published description of the app. */
export async function publishedDocument(): Promise<unknown> {
  const { app } = httpApp()
  const answer = await app.request(request('/openapi.json', { bearer: null }))
  return answer.json()
}

/** Every operation of the published description. */
export async function publishedOperations(): Promise<readonly Described[]> {
  const { paths } = z
    .looseObject({ paths: z.record(z.string(), z.record(z.string(), Operation)) })
    .parse(await publishedDocument())
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...operation,
      method: method.toUpperCase(),
      path,
      url: path.replace('{id}', sampleId(operation)).replace('{scope}', 'crm_update.small'),
    })),
  )
}

function sampleId(operation: z.infer<typeof Operation>): string {
  const pattern = operation.parameters.find(({ name }) => name === 'id')?.schema.pattern
  return `${pattern?.slice(1, 4) ?? 'none'}_1`
}
