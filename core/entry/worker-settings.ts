import { type Config, type ConfigProblem, readConfig, VARIABLES } from './config.ts'
import type { Env, Fetcher, Hyperdrive, ObjectNamespace, Queue } from './worker-bindings.ts'

/** What a Worker runs with: the settings of production, and its bindings. */
export type Settings = {
  readonly config: Config
  readonly required: Readonly<Record<(typeof REQUIRED)[number], string>>
  readonly hyperdrive: Hyperdrive
  readonly queue: Queue
  readonly ticker: ObjectNamespace
  /** The files of the API page; absent: the page says where its description is. */
  readonly assets: Fetcher | null
}

const BINDINGS = { HYPERDRIVE: 'a Hyperdrive', FOLLOW_UPS: 'a Queue', TICKER: 'a Durable Object' } as const
/** `readConfig` asks for them in production, apart from the direct address, which only a Worker needs apart from its binding. */
const REQUIRED = [
  'DATABASE_DIRECT_URL',
  'TENURE_SECRET_KEY',
  'TENURE_LEDGER_KEY',
  'TENURE_PUBLIC_URL',
  'SLACK_SIGNING_SECRET',
  'SLACK_BOT_TOKEN',
  'SLACK_TEAM_ID',
  'SLACK_APPROVALS_CHANNEL',
] as const

/** The settings of a Worker, or every problem by name. There are no sandboxes here, so it is always production. */
export function readSettings(
  env: Env,
): { readonly settings: Settings } | { readonly problems: readonly ConfigProblem[] } {
  const { HYPERDRIVE: hyperdrive, FOLLOW_UPS: queue, TICKER: ticker, ASSETS: assets } = env
  const variables: Record<string, string> = { TENURE_ENV: 'production' }
  for (const name of Object.keys(VARIABLES)) {
    const value = env[name]
    if (typeof value === 'string' && name !== 'TENURE_ENV') variables[name] = value
  }
  // What the installation wrote with it is enough here: the token itself stays with whoever installs.
  variables['TENURE_ADMIN_TOKEN'] ??= 'kept by whoever installs'
  if (isHyperdrive(hyperdrive)) variables['DATABASE_URL'] = hyperdrive.connectionString
  const read = readConfig(variables)
  const problems = 'problems' in read ? read.problems.filter(({ name }) => name !== 'DATABASE_URL') : []
  const missing = Object.entries(BINDINGS)
    .filter(([name]) => env[name] === undefined)
    .map(([name, what]) => ({ name, says: `is ${what} and has to be bound in wrangler.toml` }))
  const direct = variables['DATABASE_DIRECT_URL']
    ? []
    : [{ name: 'DATABASE_DIRECT_URL', says: 'is required on Workers, for the upkeep of the side jobs' }]
  const all = [...problems, ...missing, ...direct]
  if (all.length > 0 || 'problems' in read || !isHyperdrive(hyperdrive)) return { problems: all }
  return {
    settings: {
      config: read.config,
      required: Object.fromEntries(REQUIRED.map((name) => [name, read.config[name] ?? ''])) as Settings['required'],
      hyperdrive,
      // safe: the runtime binds what wrangler.toml names
      queue: queue as Queue,
      ticker: ticker as ObjectNamespace,
      assets: (assets as Fetcher | undefined) ?? null,
    },
  }
}

const isHyperdrive = (value: unknown): value is Hyperdrive =>
  typeof value === 'object' &&
  value !== null &&
  'connectionString' in value &&
  typeof value.connectionString === 'string'
