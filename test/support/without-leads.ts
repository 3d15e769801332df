import type { Kinds } from '../../core/ports/kind.ts'

/** All kinds, each told to its platform at once: for what is about faults, not about when. */
export function withoutLeads(kinds: Kinds): Kinds {
  const all = kinds.all.map(({ leadMs: _lead, ...kind }) => kind)
  return { all, get: (id) => all.find((kind) => kind.id === id) }
}
