import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { NoticeSchema, representNotice } from '../represent/notice.ts'
import { jsonBody, pathId } from '../request-values.ts'
import { ALWAYS } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.getNotice

const route = createRoute({
  method: 'get',
  path: '/v1/notices/{id}',
  operationId: 'getNotice',
  tags: ['Promotions'],
  summary: 'Read what people were told about trust',
  request: { params: pathId('ntc') },
  responses: {
    200: { description: 'The notice', content: jsonBody(NoticeSchema) },
    ...problems(...REFUSALS, ...ALWAYS),
  },
})

export const getNoticeRoute = ({ gate }: { readonly gate: Pick<Gate, 'getNotice'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const notice = await gate.getNotice(c.var.actor, c.req.valid('param').id)
    if (!notice.ok) return problem(c, notice.error, REFUSALS)
    return c.json(representNotice(notice.value), 200)
  })
