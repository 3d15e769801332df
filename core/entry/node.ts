import { readFile } from 'node:fs/promises'
import type { Server } from 'node:http'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import type { WorkspaceId } from '../domain/ids.ts'
import { makeKey } from '../gate/keys.ts'
import { errorWords } from '../http/error-words.ts'
import type { Secrets } from '../ports/secrets.ts'
import { type Database, openEmbedded, openServer } from '../postgres/database.ts'
import { alone, migrate } from '../postgres/migrate.ts'
import { createLedgerKey } from '../postgres/ledger-key.ts'
import { createSecrets } from '../postgres/secrets.ts'
import { createCallbacks } from './callbacks.ts'
import { type Config, readConfig } from './config.ts'
import { type DataFolder, openDataFolder } from './data-folder.ts'
import { installFirst } from './install.ts'
import { logger } from './log.ts'
import { judgeAddress } from './model-judge.ts'
import { projectRoot, readMigrations } from './migrations.ts'
import { newSecret } from './new-secret.ts'
import { seeOut } from './see-out.ts'
import { type Wired, wire } from './wire.ts'

const POOL = 10

/** One process on Node: database, platforms, gate, doors. Prints where everything is. */
async function main(): Promise<void> {
  const read = readConfig(process.env)
  if ('problems' in read) {
    for (const { name, says } of read.problems) console.error(`${name}: ${says}`)
    console.error('Nothing was started. The table of settings is in docs/configuration.md.')
    process.exitCode = 2
    return
  }
  const { config } = read
  const folder = openDataFolder(config.TENURE_DATA_DIR)
  const unlock = config.DATABASE_URL ? (): void => {} : folder.lock()
  const database = await openDatabase(config)
  await migrate(database, readMigrations())
  const running = await start(config, folder, database)
  let stopping = false
  const stop = async (drain: boolean): Promise<void> => {
    if (stopping) return
    stopping = true
    await running.close({ drain })
    await database.close()
    unlock()
  }
  // Who runs several lets the others take over first; who presses Ctrl-C wants it now.
  process.on('SIGTERM', () => void stop(true).then(() => process.exit(0)))
  process.on('SIGINT', () => void stop(false).then(() => process.exit(0)))
}

async function openDatabase(config: Config): Promise<Database> {
  if (!config.DATABASE_URL) return await openEmbedded(join(config.TENURE_DATA_DIR, 'database'))
  return openServer(config.DATABASE_URL, {
    max: POOL,
    ...(config.DATABASE_DIRECT_URL ? { directUrl: config.DATABASE_DIRECT_URL } : {}),
  })
}

type Running = { close(how: { readonly drain: boolean }): Promise<void> }

async function start(config: Config, folder: DataFolder, database: Database): Promise<Running> {
  const clock = config.TENURE_ENV === 'development' ? createClock(folder) : REAL_CLOCK
  const listener = await openListener(config)
  const publicUrl = config.TENURE_PUBLIC_URL ?? listener.url
  const secrets = createSecrets([keyFrom(config.TENURE_SECRET_KEY, folder, 'secret-key')])
  const ledgerKey = createLedgerKey(keyFrom(config.TENURE_LEDGER_KEY, folder, 'ledger-key'))
  // The stand-ins are a dynamic import: production never loads them.
  const sandboxes = config.TENURE_ENV === 'development' ? await import('./sandboxes.ts') : null
  const platforms = await sandboxes?.startPlatformSandboxes(config.sandboxes, clock.now)
  let wired: Wired | undefined
  const deliver = (request: Request): Promise<Response> =>
    wired ? wired.slack.handle(request) : Promise.resolve(new Response(null, { status: 503 }))
  const standIn = config.slackSandbox
    ? sandboxes?.createSlackStandIn({ origin: listener.url, now: clock.now, signingSecret: newSecret(), deliver })
    : undefined
  const slack = standIn ?? {
    signingSecret: config.SLACK_SIGNING_SECRET ?? '',
    botToken: config.SLACK_BOT_TOKEN ?? '',
    teamId: config.SLACK_TEAM_ID ?? '',
    approvalsChannel: config.SLACK_APPROVALS_CHANNEL ?? '',
    apiUrl: config.SLACK_API_URL ?? null,
  }
  const home = await alone(database, () =>
    installHome(config, folder, database, secrets, { teamId: slack.teamId, channel: slack.approvalsChannel }),
  )
  wired = await wire({
    database,
    secrets,
    ledgerKey,
    homeWorkspace: home.workspaceId,
    zone: config.TENURE_TIME_ZONE,
    publicUrl,
    version: await version(),
    baseUrls: {
      ...platforms?.baseUrls,
      ...definedOnly({ hubspot: config.HUBSPOT_BASE_URL, mailchimp: config.MAILCHIMP_BASE_URL }),
    },
    slack,
    fetch: (url, init) => fetch(url, init),
    callbacks: createCallbacks({ allowLoopback: config.TENURE_ENV === 'development' }),
    judge: judgeAddress(config),
    docsAsset,
    logger,
    timeOf: clock.timeOf,
    proposalsPerSecond: config.TENURE_PROPOSALS_PER_SECOND,
  })
  const app = new Hono()
  if (standIn) app.route('/', standIn.app)
  if (sandboxes) app.route('/', developmentRoutes(clock, platforms?.baseUrls ?? {}, wired.clockMoved))
  app.route('/', wired.app)
  listener.use(app)
  wired.start()
  announce(config, listener.url, home, platforms?.baseUrls ?? {}, Boolean(standIn))
  const { close } = wired
  return {
    close: async (how) => {
      await listener.close(how)
      await close()
      await platforms?.close()
    },
  }
}

/** 32 bytes from the settings, or generated once and kept. */
function keyFrom(setting: string | undefined, folder: DataFolder, name: string): Buffer {
  const make = (): string => Buffer.from(newSecret(), 'base64url').toString('base64')
  return Buffer.from(setting ?? folder.secret(name, make).value, 'base64')
}

/** Real time, moved on only by the demo of a development gate; kept, because the rows of a moved clock are kept too. */
function createClock(folder: DataFolder) {
  let aheadMs = Number(folder.secret('clock-ahead-ms', () => '0').value) || 0
  const timeOf = (databaseNow: Date): Date => new Date(databaseNow.getTime() + aheadMs)
  const advance = (ms: number): void => {
    aheadMs += ms
    folder.write('clock-ahead-ms', `${aheadMs}\n`)
  }
  return { timeOf, now: () => timeOf(new Date()), advance }
}

/** Production has no other time than the database's. */
const REAL_CLOCK = { timeOf: (now: Date): Date => now, now: () => new Date(), advance: () => {} }

/** For the demo and for people who try things out: the clock, and where the stand-ins are. */
function developmentRoutes(
  clock: ReturnType<typeof createClock>,
  platforms: Readonly<Record<string, string>>,
  moved: Wired['clockMoved'],
): Hono {
  return new Hono()
    .get('/sandbox', (c) => c.json({ now: clock.now(), platforms }))
    .post('/sandbox/clock', async (c) => {
      const body: unknown = await c.req.json()
      const ms = typeof body === 'object' && body !== null && 'advance_ms' in body ? body.advance_ms : null
      if (typeof ms !== 'number' || !(ms >= 0 && ms <= 366 * 86_400_000))
        return c.json({ says: 'advance_ms is 0 up to a year' }, 400)
      clock.advance(ms)
      moved(ms)
      return c.json({ now: clock.now() })
    })
}

type Listener = { readonly url: string; use(app: Hono): void } & Running

/** Listens before the rest is ready, because the stand-ins have to know the port; until then it answers 503. */
function openListener(config: Config): Promise<Listener> {
  let app: Hono | undefined
  let leaving = false
  const answer = async (request: Request, env: object): Promise<Response> => {
    const starting = (): Response => new Response('Starting', { status: 503, headers: { 'retry-after': '1' } })
    // A balancer that looks sends nobody here any more; whoever comes all the same is answered.
    const isReadiness = leaving && new URL(request.url).pathname === '/readyz'
    const response = isReadiness
      ? new Response('Ending', { status: 503 })
      : ((await app?.fetch(request, env)) ?? starting())
    if (leaving) response.headers.set('connection', 'close')
    return response
  }
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: answer, port: config.PORT, hostname: config.HOST }, ({ port }) => {
      const host = config.HOST === '0.0.0.0' || config.HOST === '::' ? '127.0.0.1' : config.HOST
      resolve({
        url: `http://${host}:${port}`,
        use: (ready) => void (app = ready),
        close: (how) => {
          leaving = true
          // safe: without options the adapter makes a plain HTTP server
          return seeOut(server as Server, how)
        },
      })
    })
    server.on('error', (error: NodeJS.ErrnoException) => {
      const taken =
        error.code === 'EADDRINUSE'
          ? new Error(`Port ${config.PORT} is taken. Stop what listens there, or set PORT.`, { cause: error })
          : error
      reject(taken)
    })
  })
}

type Home = {
  readonly workspaceId: WorkspaceId
  readonly ownerToken: string
  readonly tokenIsNew: boolean
  readonly agentKey: string | null
}

/** Installs what is missing. What the settings leave open is generated and kept in the data folder. */
async function installHome(
  config: Config,
  folder: DataFolder,
  database: Database,
  secrets: Secrets,
  slack: { teamId: string; channel: string },
): Promise<Home> {
  let token = { value: '', made: false }
  let agentKey: string | null = null
  const workspaceId = await installFirst(config, database, secrets, slack, (id) => {
    token = config.TENURE_ADMIN_TOKEN
      ? { value: config.TENURE_ADMIN_TOKEN, made: false }
      : folder.secret('owner-token', () => makeKey('member', id, newSecret()).key)
    folder.write('owner-token', `${token.value}\n`)
    const generated =
      config.TENURE_ENV === 'development'
        ? folder.secret('agent-key', () => makeKey('agent', id, newSecret()).key).value
        : null
    agentKey = config.TENURE_AGENT_KEY ?? generated
    return { ownerToken: token.value, agentKey }
  })
  return { workspaceId, ownerToken: token.value, tokenIsNew: token.made, agentKey }
}

function announce(
  config: Config,
  url: string,
  home: Home,
  platforms: Readonly<Record<string, string>>,
  slackSandbox: boolean,
): void {
  const lines = [
    ['Gate', url],
    ['API', `${url}/docs`],
    ...(slackSandbox ? [['Slack (sandbox)', `${url}/sandbox/slack`]] : []),
    ...Object.entries(platforms).map(([platform, at]) => [`${platform} (sandbox)`, at]),
    ['Database', config.DATABASE_URL ? 'Postgres' : `embedded, in ${config.TENURE_DATA_DIR}`],
    [
      'Owner token',
      home.tokenIsNew
        ? home.ownerToken
        : config.TENURE_ADMIN_TOKEN
          ? 'TENURE_ADMIN_TOKEN'
          : `in ${join(config.TENURE_DATA_DIR, 'owner-token')}`,
    ],
    ...(home.agentKey
      ? [
          [
            'Agent key',
            config.TENURE_AGENT_KEY ? 'TENURE_AGENT_KEY' : `in ${join(config.TENURE_DATA_DIR, 'agent-key')}`,
          ],
        ]
      : []),
    ['Try it', 'npm run demo'],
  ]
  console.log(
    `\nTenure is ready.\n\n${lines.map(([name = '', what = '']) => `  ${name.padEnd(20)} ${what}`).join('\n')}\n`,
  )
}

/** Files of the API page, from the package that ships them. */
async function docsAsset(name: string) {
  const types: Readonly<Record<string, string>> = {
    css: 'text/css; charset=utf-8',
    js: 'text/javascript; charset=utf-8',
    png: 'image/png',
  }
  const folder = join(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'), '..')
  try {
    return {
      body: new Uint8Array(await readFile(join(folder, name))),
      type: types[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
    }
  } catch {
    return null
  }
}

async function version(): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(new URL('package.json', projectRoot()), 'utf8'))
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '0'
}

const definedOnly = (values: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))

main().catch((error: unknown) => {
  const { message, code, stack } = errorWords(error)
  console.error(code === null ? message : `${message} (${code})`)
  for (const frame of stack) console.error(`    ${frame}`)
  process.exit(1)
})
