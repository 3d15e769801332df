import { readdirSync, readFileSync } from 'node:fs'
import type { Migration } from '../../core/postgres/migrate.ts'

const folder = new URL('../../migrations/', import.meta.url)

export const migrations: readonly Migration[] = readdirSync(folder)
  .filter((name) => name.endsWith('.sql'))
  .sort()
  .map((name) => ({ name, sql: readFileSync(new URL(name, folder), 'utf8') }))
