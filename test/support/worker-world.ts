import { randomBytes } from 'node:crypto'
import { readConfig } from '../../core/entry/config.ts'
import { installFirst } from '../../core/entry/install.ts'
import type { Database } from '../../core/postgres/database.ts'
import { createSecrets } from '../../core/postgres/secrets.ts'
import { createSlackSandbox } from '../../slack-app/sandbox.ts'
import { serverDatabase } from './databases.ts'
import { listen } from './listen.ts'
import { startPlatforms } from './platforms.ts'
import { startWorker } from './worker.ts'

const ORIGIN = 'https://gate.test'
const CHANNEL = 'C0APPROVALS'
const OWNER = 'U0OWNER'

export type WorkerWorldOptions = {
  readonly script: string
  /** Where Hyperdrive finds the database; the database itself where absent. */
  readonly through?: (databaseUrl: string) => Promise<string>
}

export type WorkerWorld = Awaited<ReturnType<typeof createWorkerWorld>>
export type Action = { readonly id: string; readonly state: string; readonly payload_hash: string }

/** A Worker in workerd on an installed database, with the platforms' and Slack's stand-ins on loopback. */
export async function createWorkerWorld({ script, through }: WorkerWorldOptions) {
  let aheadMs = 0
  const now = (): Date => new Date(Date.now() + aheadMs)
  const database = await serverDatabase({ max: 2 })
  const platforms = await startPlatforms(now)
  const keys = { owner: `owner-${randomBytes(16).toString('hex')}`, agent: `agent-${randomBytes(16).toString('hex')}` }
  const signingSecret = randomBytes(16).toString('hex')
  let slack: ReturnType<typeof createSlackSandbox> | undefined
  const listening = await listen({
    fetch: (request) => slack?.app.fetch(request) ?? new Response(null, { status: 503 }),
  })
  slack = createSlackSandbox({
    now,
    signingSecret,
    botToken: 'xoxb-test',
    origin: listening.url,
    deliver: (request) => deliver(request),
  })
  const variables = {
    TENURE_PUBLIC_URL: ORIGIN,
    TENURE_SECRET_KEY: randomBytes(32).toString('base64'),
    TENURE_LEDGER_KEY: randomBytes(32).toString('base64'),
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_BOT_TOKEN: 'xoxb-test',
    SLACK_TEAM_ID: slack.world.teamId,
    SLACK_APPROVALS_CHANNEL: CHANNEL,
    SLACK_API_URL: slack.apiUrl,
    HUBSPOT_ACCESS_TOKEN: 'a-token',
    HUBSPOT_BASE_URL: platforms.baseUrls.hubspot,
  }
  await install(database, { ...variables, DATABASE_URL: database.url, TENURE_ADMIN_TOKEN: keys.owner }, keys)
  const worker = await startWorker({
    script,
    databaseUrl: through ? await through(database.url) : database.url,
    directUrl: database.url,
    variables,
  })
  /** Headers of the next press, for a bundle that listens to them. */
  let more: Readonly<Record<string, string>> = {}
  async function deliver(request: Request): Promise<Response> {
    const headers = { ...Object.fromEntries(request.headers), ...more }
    return await worker.fetch('/slack/events', { method: 'POST', headers, body: await request.text() })
  }
  const { world: team, interact } = slack

  async function call(
    path: string,
    key: string,
    body?: object,
    headers: Readonly<Record<string, string>> = {},
    signal?: AbortSignal,
  ) {
    return await worker.fetch(path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    })
  }

  /** A card's button, if it is there now. */
  function button(actionId: string, id: string) {
    for (const message of team.messages) {
      for (const block of message.blocks) {
        const its = block.block_id ?? ''
        const elements = 'elements' in block ? (block.elements as readonly { action_id?: string }[]) : []
        if (its.startsWith(`${id}:`) && elements.some((element) => element.action_id === actionId))
          return { channel: message.channel, ts: message.ts, blockId: its }
      }
    }
    return null
  }

  return {
    database,
    worker,
    platforms,
    slack,
    keys,
    call,
    button,
    /** How often this contact was made at the platform. */
    made: (email: string): number => platforms.hubspot.script.effects[`contact.create ${email}`] ?? 0,
    /** How often each contact was put away there. */
    archived: (): readonly number[] =>
      Object.entries(platforms.hubspot.script.effects)
        .filter(([effect]) => effect.startsWith('contact.archive '))
        .map(([, times]) => times),
    /** Lets time pass for the side jobs, which go by the database's own clock: what was taken by a lost worker is free. */
    async ageSideJobs(): Promise<void> {
      await database.query(
        "update pgboss.job set started_on = started_on - interval '1 hour' where state = 'active'",
        [],
      )
      await database.query('update pgboss.queue set monitor_on = null, maintain_on = null', [])
      await database.query("update pgboss.job set start_after = now() where state in ('created', 'retry')", [])
    },
    async propose(email: string, headers: Readonly<Record<string, string>> = {}, more: object = {}): Promise<Action> {
      const input = { email, firstName: 'Ada' }
      const body = { kind: 'hubspot.contact.create', input, reason: 'They wrote to us', ...more }
      const answer = await call('/v1/actions', keys.agent, body, { 'idempotency-key': email, ...headers })
      if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()} ${worker.logged.join('\n')}`)
      return (await answer.json()) as Action
    },
    stateOf: async (id: string): Promise<string> =>
      ((await (await call(`/v1/actions/${id}`, keys.owner)).json()) as Action).state,
    async press(actionId: string, id: string, headers: Readonly<Record<string, string>> = {}) {
      const place = button(actionId, id)
      if (place === null) throw new Error(`There is no ${actionId} for ${id}`)
      more = headers
      try {
        return await interact.press({ user: OWNER, actionId, ...place })
      } finally {
        more = {}
      }
    },
    /** Switches something in a bundle that listens. */
    turn: (what: string): Promise<Response> => worker.fetch(`/test/${what}`),
    /** Turns the clock of stand-ins and Worker on; needs a bundle that listens. */
    async advance(ms: number): Promise<void> {
      aheadMs += ms
      await worker.fetch('/test/clock', { method: 'POST', headers: { 'x-ahead-ms': String(aheadMs) } })
    },
    async close(): Promise<void> {
      await worker.close()
      await listening.close()
      await platforms.close()
      await database.close()
    },
  }
}

/** As `tenure install` does. */
async function install(
  database: Database,
  env: Readonly<Record<string, string>>,
  keys: { readonly owner: string; readonly agent: string },
): Promise<void> {
  const read = readConfig({ TENURE_ENV: 'production', ...env })
  if ('problems' in read) throw new Error(JSON.stringify(read.problems))
  const { config } = read
  const secrets = createSecrets([Buffer.from(config.TENURE_SECRET_KEY ?? '', 'base64')])
  const slack = { teamId: config.SLACK_TEAM_ID ?? '', channel: config.SLACK_APPROVALS_CHANNEL ?? '' }
  await installFirst(config, database, secrets, slack, () => ({ ownerToken: keys.owner, agentKey: keys.agent }))
}
