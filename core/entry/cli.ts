import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { createProgram } from '../cli/tenure.ts'
import { err, ok, type Result } from '../domain/result.ts'
import { type Database, openServer } from '../postgres/database.ts'
import { verifySignature } from '../postgres/ledger-key.ts'
import { alone, migrate } from '../postgres/migrate.ts'
import { createSecrets } from '../postgres/secrets.ts'
import { createSideJobs } from '../postgres/side-jobs.ts'
import { type Config, readConfig } from './config.ts'
import { installFirst } from './install.ts'
import { readMigrations } from './migrations.ts'

/** A server's database for a command of its own; the embedded one is looked after by its gate. */
async function withServer<T>(
  env: Readonly<Record<string, string | undefined>>,
  work: (database: Database, config: Config) => Promise<Result<T, string>>,
): Promise<Result<T, string>> {
  const read = readConfig(env)
  if ('problems' in read) return err(read.problems.map(({ name, says }) => `${name}: ${says}`).join('\n'))
  const url = read.config.DATABASE_DIRECT_URL ?? read.config.DATABASE_URL
  if (!url)
    return err('DATABASE_URL is not set. The embedded database is looked after by the gate itself when it starts.')
  const database = openServer(url, { max: 1 })
  try {
    return await work(database, read.config)
  } catch (error) {
    return err(error instanceof Error ? error.message : 'The database does not answer.')
  } finally {
    await database.close()
  }
}

const migrateDatabase = (): Promise<Result<readonly string[], string>> =>
  withServer(process.env, async (database) => ok(await migrate(database, readMigrations())))

/** What a gate on Node does at every start; nothing is generated, because whoever serves has to know the same secrets. */
const install = (): Promise<Result<string, string>> =>
  withServer<string>({ ...process.env, TENURE_ENV: 'production' }, async (database, config) => {
    // Production requires each of them.
    const { TENURE_SECRET_KEY: key = '', TENURE_ADMIN_TOKEN: ownerToken = '', SLACK_TEAM_ID: teamId = '' } = config
    const secrets = createSecrets([Buffer.from(key, 'base64')])
    const slack = { teamId, channel: config.SLACK_APPROVALS_CHANNEL ?? '' }
    const agentKey = config.TENURE_AGENT_KEY ?? null
    return await alone(database, async () => {
      const workspaceId = await installFirst(config, database, secrets, slack, () => ({ ownerToken, agentKey }))
      const sideJobs = await createSideJobs(database, { schedule: false, supervise: false, onError: () => {} })
      await sideJobs.scheduleDigests(workspaceId, config.TENURE_TIME_ZONE)
      await sideJobs.scheduleHeads(workspaceId, config.TENURE_TIME_ZONE)
      await sideJobs.close()
      return ok(workspaceId)
    })
  })

const program = createProgram({
  fetch: (url, init) => fetch(url, init),
  out: (said) => void process.stdout.write(said),
  err: (said) => void process.stderr.write(said),
  env: process.env,
  readFile: async (path) => {
    try {
      return await readFile(path, 'utf8')
    } catch {
      return null
    }
  },
  readLines: (path) =>
    existsSync(path) ? createInterface({ input: createReadStream(path), crlfDelay: Infinity }) : null,
  writeLines: async (path, lines) => {
    try {
      // Never over a file that is there: an export that fails half-way must not take the last one with it.
      await pipeline(Readable.from(lines), createWriteStream(path, { flags: 'wx', mode: 0o600 }))
      return ok(undefined)
    } catch (error) {
      return err(error instanceof Error ? error.message : 'The file could not be written.')
    }
  },
  verifySignature,
  stdin: async () => (process.stdin.isTTY ? null : await text(process.stdin)),
  migrate: migrateDatabase,
  install,
})

process.exitCode = await program.run(process.argv.slice(2))
