import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { Migration } from '../postgres/migrate.ts'

/** The root of the project, from the source as from the bundle in `dist/`. */
export function projectRoot(): URL {
  let folder = new URL('./', import.meta.url)
  while (!existsSync(new URL('package.json', folder))) folder = new URL('../', folder)
  return folder
}

/** The migrations in order, as the files stand. */
export function readMigrations(): readonly Migration[] {
  const folder = new URL('migrations/', projectRoot())
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql'))
  return names.sort().map((name) => ({ name, sql: readFileSync(new URL(name, folder), 'utf8') }))
}
