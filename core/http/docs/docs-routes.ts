import { Hono } from 'hono'
import type { HttpEnv } from '../http-env.ts'
import { ownProblem } from '../problem.ts'
import { apiPage, DOCS_ASSETS, DOCS_CSP, PROBLEMS_STYLE, problemsPage, START_SCRIPT } from './pages.ts'

/** Reads one file of swagger-ui-dist by its plain name; null: it is not there. */
export type DocsAsset = (
  name: string,
) => Promise<{ readonly body: Uint8Array<ArrayBuffer> | string; readonly type: string } | null>

/** The browsable description. Served from this origin alone, so that it works without the internet. */
export function docsRoutes(docsAsset: DocsAsset): Hono<HttpEnv> {
  const docs = new Hono<HttpEnv>()
  docs.use('/docs', withCsp)
  docs.use('/docs/*', withCsp)
  docs.get('/docs', (c) => c.html(apiPage()))
  docs.get('/docs/problems', (c) => c.html(problemsPage()))
  docs.get('/docs/start.js', (c) => c.body(START_SCRIPT, 200, { 'content-type': 'text/javascript; charset=utf-8' }))
  docs.get('/docs/problems.css', (c) => c.body(PROBLEMS_STYLE, 200, { 'content-type': 'text/css; charset=utf-8' }))
  docs.get('/docs/assets/:name', async (c) => {
    const name = c.req.param('name')
    const asset = DOCS_ASSETS.includes(name) ? await docsAsset(name) : null
    if (asset === null) return ownProblem(c, 'no_such_route', { detail: 'There is no such file.' })
    return c.body(asset.body, 200, { 'content-type': asset.type, 'cache-control': 'public, max-age=3600' })
  })
  return docs
}

const withCsp: Parameters<Hono<HttpEnv>['use']>[1] = async (c, next) => {
  await next()
  c.header('content-security-policy', DOCS_CSP)
}
