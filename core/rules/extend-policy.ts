/** A policy as it is written, before its schema was applied. */
export type WrittenPolicy = Readonly<Record<string, unknown>>

/**
 * A file that says `extends: <pack>`: what it says replaces what the pack says under the same key, and its scopes come
 * after the pack's, so that of two equally specific ones the file's wins. A key with null takes the pack's away.
 */
export function extendPolicy(pack: WrittenPolicy, file: WrittenPolicy): WrittenPolicy {
  const { scopes, ...own } = file
  const merged = Object.fromEntries(Object.entries({ ...pack, ...own }).filter(([, value]) => value !== null))
  if (scopes === null || scopes === undefined) {
    const { scopes: _gone, ...rest } = merged
    return scopes === null ? rest : merged
  }
  return { ...merged, scopes: Array.isArray(scopes) ? [...listOf(pack['scopes']), ...scopes] : scopes }
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
