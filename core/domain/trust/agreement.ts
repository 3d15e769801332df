/** Something that was proposed or done in a time of observation. */
export type Observable = {
  readonly kindId: string
  /** What it is about: the contact, list or campaign; '' where it names none. */
  readonly target: string
  readonly atMs: number
}

export type Agreement = {
  /** What the agent would have done. */
  readonly proposals: number
  /** What people did of the same kinds meanwhile. */
  readonly done: number
  /** Of the proposals: people did the same, nearly the same (an edit of 15 % or less), or something else there. */
  readonly same: number
  readonly close: number
  readonly different: number
}

const WITHIN_MS = 7 * 86_400_000
const CLOSE = 0.15

/**
 * How an agent's observed proposals compare with what people did: each is paired with the nearest thing of the same kind
 * and target within seven days, each of which is paired once. `distance`: D of section 4.1 between the two.
 */
export function agreementOf<A extends Observable, P extends Observable>(
  proposals: readonly A[],
  done: readonly P[],
  distance: (proposed: A, person: P) => number,
): Agreement {
  const agreement = { proposals: proposals.length, done: done.length, same: 0, close: 0, different: 0 }
  const free = new Set(done)
  for (const proposed of proposals) {
    const [nearest] = [...free]
      .filter(
        ({ kindId, target, atMs }) =>
          kindId === proposed.kindId && target === proposed.target && Math.abs(atMs - proposed.atMs) <= WITHIN_MS,
      )
      .toSorted((a, b) => Math.abs(a.atMs - proposed.atMs) - Math.abs(b.atMs - proposed.atMs))
    if (!nearest) continue
    free.delete(nearest)
    const far = distance(proposed, nearest)
    agreement[far === 0 ? 'same' : far <= CLOSE ? 'close' : 'different'] += 1
  }
  return agreement
}
