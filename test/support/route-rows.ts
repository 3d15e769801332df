import { expect, test } from 'vitest'
import { httpApp, request, type Sent } from './http-app.ts'
import { SAMPLES } from './http-samples.ts'
import { owner } from './views.ts'

/** What one request of the owner asks of the gate, and the whole answer to it. */
export type RouteRow = {
  readonly path: string
  readonly sent?: Sent
  readonly status: number
  /** The verb and what it was asked, after the actor. */
  readonly asks: readonly [string, ...unknown[]]
  readonly answers: unknown
}

/** The sample body of an operation, as it is sent. */
export const post = (operationId: string): Sent => ({ method: 'POST', body: SAMPLES[operationId]?.body })
export const put = (operationId: string): Sent => ({ ...post(operationId), method: 'PUT' })

/** A test for each row: the gate is asked once, for exactly this, and nothing is logged. */
export function testRoutes(rows: readonly RouteRow[]): void {
  test.each(rows)('$sent.method $path asks $asks.0', async ({ path, sent, status, asks: [verb, ...args], answers }) => {
    const { app, gate, logged } = httpApp()
    const answer = await app.request(request(path, sent))
    expect(answer.status).toBe(status)
    expect(await answer.json()).toEqual(answers)
    expect(gate.calls).toEqual([{ verb, args: [owner, ...args] }])
    expect(logged).toEqual([])
  })
}
