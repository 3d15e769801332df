import { Hono } from 'hono'
import { createModelJudge, type ModelJudgeOptions } from '../../core/entry/model-judge.ts'
import { listen } from './listen.ts'

/** What the stand-in is asked next: a verdict, or any answer at all. */
export type Scripted = { readonly verdict: string; readonly says: string } | ((request: Request) => Promise<Response>)

type Asked = {
  readonly path: string
  readonly headers: Headers
  readonly body: { readonly messages: readonly { readonly role: string; readonly content: string }[] } & Readonly<
    Record<string, unknown>
  >
}

/** Something that speaks like a model's API, on loopback. What was scripted comes first; then everything fits. */
export async function startJudge() {
  const asked: Asked[] = []
  const script: Scripted[] = []
  const app = new Hono()
  app.all('*', async (c) => {
    const { raw } = c.req
    asked.push({ path: new URL(raw.url).pathname, headers: raw.headers, body: await c.req.json() })
    const next = script.shift() ?? { verdict: 'fits', says: 'Calm and plain.' }
    return typeof next === 'function' ? await next(raw) : completion(JSON.stringify(next))
  })
  const { url, close } = await listen(app)
  const judge = (options: Partial<ModelJudgeOptions> = {}) =>
    createModelJudge({
      url: `${url}/v1`,
      model: 'small-reader',
      key: 'judge-key',
      fetch: (address, init) => fetch(address, init),
      ...options,
    })
  return { url, asked, script, close, judge }
}

/** An answer of the API with this as what the model wrote. */
export const completion = (content: string): Response =>
  Response.json({
    id: 'c1',
    object: 'chat.completion',
    choices: [{ index: 0, message: { role: 'assistant', content } }],
  })
