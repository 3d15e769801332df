import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const folder = mkdtempSync(join(tmpdir(), 'tenure-bench-'))
// As root Postgres runs as a user of its own, who must be able to reach it.
chmodSync(folder, 0o777)
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))

/** A new folder that goes when this process ends, however it ends but by SIGKILL. */
export function scratchFolder(name: string): string {
  const made = join(folder, name)
  mkdirSync(made, { recursive: true })
  return made
}
