/** Finds every place where one of many patterns ends in a text, in one pass over it. */
export type Automaton = {
  /** Called for each occurrence with the pattern's place in the list and where it ends (exclusive). */
  readonly search: (text: string, found: (pattern: number, end: number) => void) => void
}

type State = {
  readonly next: Map<number, State>
  /** The state of the longest proper suffix. */
  fallback: State | null
  /** The nearest state on the way of fallbacks where a pattern ends. */
  shorter: State | null
  readonly ends: number[]
}

const TABLED = 256

const state = (): State => ({ next: new Map(), fallback: null, shorter: null, ends: [] })

/**
 * Aho and Corasick, "Efficient string matching" (1975): a tree of all patterns with a way back to the longest suffix, so
 * that no character of the text is read twice. Empty patterns never occur.
 */
export function buildAutomaton(patterns: readonly string[]): Automaton {
  const root = state()
  patterns.forEach((pattern, index) => {
    if (pattern === '') return
    let at = root
    for (let i = 0; i < pattern.length; i++) {
      const unit = pattern.charCodeAt(i)
      const next = at.next.get(unit) ?? state()
      at.next.set(unit, next)
      at = next
    }
    at.ends.push(index)
  })
  linkSuffixes(root)
  // Most characters of most texts begin nothing: they are told by a table.
  const begins = Array.from({ length: TABLED }, (_, unit) => root.next.get(unit) ?? root)
  return {
    search(text, found) {
      let at = root
      for (let i = 0; i < text.length; i++) {
        const unit = text.charCodeAt(i)
        at = at === root && unit < TABLED ? (begins[unit] ?? root) : step(at, unit, root)
        if (at === root) continue
        for (let hit = at.ends.length > 0 ? at : at.shorter; hit !== null; hit = hit.shorter) {
          for (const pattern of hit.ends) found(pattern, i + 1)
        }
      }
    },
  }
}

function step(from: State, unit: number, root: State): State {
  for (let at: State | null = from; at !== null; at = at.fallback) {
    const next = at.next.get(unit)
    if (next) return next
  }
  return root
}

function linkSuffixes(root: State): void {
  const queue: State[] = [root]
  for (let head = 0; head < queue.length; head++) {
    const at = queue[head] ?? root
    for (const [unit, next] of at.next) {
      next.fallback = at.fallback === null ? root : step(at.fallback, unit, root)
      next.shorter = next.fallback.ends.length > 0 ? next.fallback : next.fallback.shorter
      queue.push(next)
    }
  }
}
