import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { createProgram } from '../cli/tenure.ts'
import { err, ok, type Result } from '../domain/result.ts'
import { openServer } from '../postgres/database.ts'
import { verifySignature } from '../postgres/ledger-key.ts'
import { migrate } from '../postgres/migrate.ts'
import { readConfig } from './config.ts'
import { readMigrations } from './migrations.ts'

/** Brings a server's database up to date; the embedded one migrates itself when its gate starts. */
async function migrateDatabase(): Promise<Result<readonly string[], string>> {
  const read = readConfig(process.env)
  if ('problems' in read) return err(read.problems.map(({ name, says }) => `${name}: ${says}`).join('\n'))
  const url = read.config.DATABASE_DIRECT_URL ?? read.config.DATABASE_URL
  if (!url) return err('DATABASE_URL is not set. The embedded database is migrated by the gate itself when it starts.')
  const database = openServer(url, { max: 1 })
  try {
    return ok(await migrate(database, readMigrations()))
  } catch (error) {
    return err(error instanceof Error ? error.message : 'The database could not be migrated.')
  } finally {
    await database.close()
  }
}

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
})

process.exitCode = await program.run(process.argv.slice(2))
