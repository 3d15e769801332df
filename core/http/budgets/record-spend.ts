import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { BudgetSchema, representBudget } from '../represent/budget.ts'
import { jsonBody, listOf, text } from '../request-values.ts'
import { WITH_BODY } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.recordSpend

const Body = z
  .strictObject({
    items: z
      .array(
        z.strictObject({
          budget: text(300).openapi({
            description: 'Its id, as the list of budgets has it',
            example: 'day:2026-03-02',
          }),
          spent_minor: z.int().min(0).openapi({ description: 'Minor units of the workspace’s currency' }),
        }),
      )
      .min(1)
      .max(100),
  })
  .openapi('SpendRequest')

const route = createRoute({
  method: 'post',
  path: '/v1/budgets/spend',
  operationId: 'recordSpend',
  tags: ['Budgets'],
  summary: 'Say what a platform spent, what did not pass the gate included',
  description: 'It counts where it is larger than what the gate let through.',
  request: { body: { required: true, content: jsonBody(Body) } },
  responses: {
    200: { description: 'Every budget', content: jsonBody(listOf(BudgetSchema)) },
    ...problems(...REFUSALS, ...WITH_BODY),
  },
})

export const recordSpendRoute = ({ gate }: { readonly gate: Pick<Gate, 'recordSpend'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const spends = c.req.valid('json').items.map((item) => ({ budget: item.budget, spentMinor: item.spent_minor }))
    const budgets = await gate.recordSpend(c.var.actor, spends)
    if (!budgets.ok) return problem(c, budgets.error, REFUSALS)
    return c.json({ items: budgets.value.map(representBudget) }, 200)
  })
