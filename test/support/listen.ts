import { serve, type ServerType } from '@hono/node-server'

export type Listening = { readonly url: string; readonly close: () => Promise<void> }

/** `fetch` gets the listener's env as its second argument, so that a sandbox can drop the connection. */
export type Served = { fetch(request: Request, env: object): Response | Promise<Response> }

/** Serves an app on a free loopback port. */
export async function listen(app: Served): Promise<Listening> {
  let server: ServerType | undefined
  const port = await new Promise<number>((resolve) => {
    server = serve({ fetch: (request, env) => app.fetch(request, env), port: 0, hostname: '127.0.0.1' }, (info) =>
      resolve(info.port),
    )
  })
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        if (server !== undefined && 'closeAllConnections' in server) server.closeAllConnections()
        server?.close(() => resolve())
      }),
  }
}
