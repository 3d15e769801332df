/** A policy as it is written, before its schema was applied. */
export type WrittenPolicy = Readonly<Record<string, unknown>>

/**
 * A file that says `extends: <pack>`: what it says replaces what the pack says under the same key, and its scopes come
 * after the pack's, so that of two equally specific ones the file's wins. Nothing of a pack is taken away by an empty
 * key: that is a problem of the file, which its schema tells.
 */
export function extendPolicy(pack: WrittenPolicy, file: WrittenPolicy): WrittenPolicy {
  const both = [pack['scopes'], file['scopes']]
  if (both.some((scopes) => scopes !== undefined && !Array.isArray(scopes))) return { ...pack, ...file }
  const scopes: readonly unknown[] = both.flatMap((own) => (Array.isArray(own) ? own : []))
  return { ...pack, ...file, ...(scopes.length > 0 ? { scopes } : {}) }
}
