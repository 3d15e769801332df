import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { NoticeSchema, representNotice } from '../represent/notice.ts'
import { jsonBody, pathId } from '../request-values.ts'
import { WITH_BODY } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.answerNotice

const NoticeAnswerBody = z
  .strictObject({ answer: z.enum(['renew', 'review', 'dismiss', 'looks_good', 'not_right']) })
  .openapi('NoticeAnswer')

const route = createRoute({
  method: 'post',
  path: '/v1/notices/{id}/answers',
  operationId: 'answerNotice',
  tags: ['Promotions'],
  summary: 'Answer a notice',
  description:
    'To renew gives a grant that is about to run out until the next quarterly review: a consent, by an admin (full delegation: an owner). To an audit, `looks_good` or `not_right` is counted as a judgement. The others are only noted, and an approver may.',
  request: { params: pathId('ntc'), body: { required: true, content: jsonBody(NoticeAnswerBody) } },
  responses: {
    200: { description: 'The notice, answered', content: jsonBody(NoticeSchema) },
    ...problems(...REFUSALS, ...WITH_BODY),
  },
})

export const answerNoticeRoute = ({ gate }: { readonly gate: Pick<Gate, 'answerNotice'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const answered = await gate.answerNotice(c.var.actor, c.req.valid('param').id, c.req.valid('json').answer)
    if (!answered.ok) return problem(c, answered.error, REFUSALS)
    return c.json(representNotice(answered.value), 200)
  })
