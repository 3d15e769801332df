import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { unstable_readConfig as readWranglerConfig } from 'wrangler'

/** Built by `buildWorker`, with the settings of an installed workspace. */
export type WorkerOptions = {
  readonly script: string
  readonly databaseUrl: string
  readonly directUrl: string
  readonly variables: Readonly<Record<string, string>>
}

type Handle = {
  scheduled(options: { readonly cron: string }): Promise<{ readonly outcome: string }>
  queue(name: string, messages: readonly object[]): Promise<{ readonly outcome: string }>
}

export type RunningWorker = Awaited<ReturnType<typeof startWorker>>

/** A bundle in workerd, with what wrangler.toml binds: Hyperdrive, Queue, Durable Object. */
export async function startWorker({ script, databaseUrl, directUrl, variables }: WorkerOptions) {
  const config = readWranglerConfig({ config: 'wrangler.toml' }, { hideWarnings: true })
  const logged: string[] = []
  const worker = new Miniflare(
    convertV4MiniflareOptions({
      modules: true,
      scriptPath: script,
      compatibilityDate: config.compatibility_date ?? '',
      compatibilityFlags: config.compatibility_flags,
      bindings: { DATABASE_DIRECT_URL: directUrl, ...variables },
      hyperdrives: { HYPERDRIVE: databaseUrl },
      durableObjects: { TICKER: { className: 'Ticker', useSQLite: true } },
      queueProducers: { FOLLOW_UPS: { queueName: 'tenure-follow-ups' } },
      queueConsumers: { 'tenure-follow-ups': { maxBatchSize: 1, maxBatchTimeout: 0, maxRetries: 5 } },
      handleStructuredLogs: ({ message }) => void logged.push(message),
    }),
  )
  await worker.ready
  // safe: what miniflare's own types leave out without the types of Workers
  const handle = (await worker.getWorker()) as unknown as Handle
  return {
    logged,
    fetch: (path: string, init: RequestInit = {}): Promise<Response> =>
      // safe: undici's types name the same things
      worker.dispatchFetch(
        new URL(path, variables['TENURE_PUBLIC_URL']),
        init as never,
      ) as unknown as Promise<Response>,
    cron: () => handle.scheduled({ cron: '* * * * *' }),
    queue: (body: unknown) =>
      handle.queue('tenure-follow-ups', [{ id: 'one', timestamp: new Date(), body, attempts: 1 }]),
    close: () => worker.dispose(),
  }
}
