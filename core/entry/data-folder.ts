import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** The folder of generated secrets and of the embedded database; files in it are for the owner alone. */
export type DataFolder = {
  readonly path: string
  /** What the file says, or what is made for it now. `made`: it is new, so it is worth telling. */
  secret(name: string, make: () => string): { readonly value: string; readonly made: boolean }
  write(name: string, text: string): void
  /** Claims the folder for this process; throws when another living process has it. */
  lock(): () => void
}

export function openDataFolder(path: string): DataFolder {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  const file = (name: string): string => join(path, name)
  const write = (name: string, text: string): void => writeFileSync(file(name), text, { mode: 0o600 })
  return {
    path,
    write,
    secret(name, make) {
      const before = read(file(name))
      if (before !== null) return { value: before.trim(), made: false }
      const value = make()
      write(name, `${value}\n`)
      return { value, made: true }
    },
    lock: () => lock(file('lock'), path),
  }
}

/** Two processes on one embedded database lose acknowledged rows, so the second one has to refuse. */
function lock(name: string, folder: string): () => void {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      const handle = openSync(name, 'wx', 0o600)
      writeSync(handle, String(process.pid))
      closeSync(handle)
      return () => rmSync(name, { force: true })
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
      const holder = Number(read(name))
      if (Number.isInteger(holder) && holder > 0 && isAlive(holder) && holder !== process.pid) {
        throw new Error(
          `Another gate (process ${holder}) is using ${folder}. Stop it, or set TENURE_DATA_DIR to another folder.`,
          { cause: error },
        )
      }
      rmSync(name, { force: true })
    }
  }
  throw new Error(`The lock of ${folder} could not be taken; try again.`)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function read(name: string): string | null {
  try {
    return readFileSync(name, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
