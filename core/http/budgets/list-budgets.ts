import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { Gate } from '../../gate/gate.ts'
import type { HttpEnv } from '../http-env.ts'
import { problem, problems } from '../problem.ts'
import { REFUSALS_OF } from '../refusals-of.ts'
import { BudgetSchema, representBudget } from '../represent/budget.ts'
import { jsonBody, listOf } from '../request-values.ts'
import { ALWAYS } from '../with-body.ts'

const REFUSALS = REFUSALS_OF.listBudgets

const route = createRoute({
  method: 'get',
  path: '/v1/budgets',
  operationId: 'listBudgets',
  tags: ['Budgets'],
  summary: 'What is reserved and spent in each window',
  responses: {
    200: { description: 'Every budget', content: jsonBody(listOf(BudgetSchema)) },
    ...problems(...REFUSALS, ...ALWAYS),
  },
})

export const listBudgetsRoute = ({ gate }: { readonly gate: Pick<Gate, 'listBudgets'> }) =>
  new OpenAPIHono<HttpEnv>().openapi(route, async (c) => {
    const budgets = await gate.listBudgets(c.var.actor)
    if (!budgets.ok) return problem(c, budgets.error, REFUSALS)
    return c.json({ items: budgets.value.map(representBudget) }, 200)
  })
