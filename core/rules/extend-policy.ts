import { markOf, WhenSchema } from './scope.ts'

/** A policy as it is written, before its schema was applied. */
export type WrittenPolicy = Readonly<Record<string, unknown>>

/**
 * A file that says `extends: <pack>`: what it says replaces what the pack says under the same key, and its scopes come
 * after the pack's, so that of two equally specific ones the file's wins. A scope of the file with the same `when` as
 * one of the pack stands in its stead and keeps what it does not say itself. Nothing of a pack is taken away by an empty
 * key: that is a problem of the file, which its schema tells.
 */
export function extendPolicy(pack: WrittenPolicy, file: WrittenPolicy): WrittenPolicy {
  const both = [pack['scopes'], file['scopes']]
  if (both.some((scopes) => scopes !== undefined && !Array.isArray(scopes))) return { ...pack, ...file }
  const [packs, files] = both.map((own): readonly unknown[] => (Array.isArray(own) ? own : []))
  const scopes = mergedScopes(packs ?? [], files ?? [])
  return { ...pack, ...file, ...(scopes.length > 0 ? { scopes } : {}) }
}

function mergedScopes(packs: readonly unknown[], files: readonly unknown[]): readonly unknown[] {
  const left = new Map(packs.map((scope, index) => [writtenMark(scope) ?? index, scope]))
  const own = files.map((scope) => {
    const mark = writtenMark(scope)
    const its = mark === null ? undefined : left.get(mark)
    if (mark === null || its === undefined) return scope
    // A second scope of the file with this `when` is left for the schema to refuse.
    left.delete(mark)
    return { ...objectOf(its), ...objectOf(scope) }
  })
  return [...left.values(), ...own]
}

/** The mark of a scope as it is written; null: its `when` is none. */
function writtenMark(scope: unknown): string | null {
  const when = WhenSchema.safeParse(objectOf(scope)['when'])
  return when.success ? markOf(when.data) : null
}

const objectOf = (value: unknown): object & { readonly when?: unknown } =>
  typeof value === 'object' && value !== null ? value : {}
