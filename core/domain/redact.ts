import type { Json } from './canonical.ts'

/** What stands where somebody was. */
export const ERASED = '[erased]'

const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/

/** The same document with nothing that people wrote or are called: every text but times is gone, its shape stays. */
export function redact(value: Json): Json {
  if (typeof value === 'string') return INSTANT.test(value) ? value : ERASED
  if (Array.isArray(value)) return value.map(redact)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([field, of]) => [field, redact(of ?? null)]))
}
