/** SHA-256, given by the caller: this folder has no packages. */
export type Digest = (bytes: Uint8Array) => Uint8Array

const LEAF = 0x00
const NODE = 0x01

/** The hash of one leaf. Leaves and nodes begin with another byte (RFC 6962), so that a node can never pass for a leaf. */
export function leafHash(text: string, digest: Digest): Uint8Array {
  const bytes = new TextEncoder().encode(text)
  const marked = new Uint8Array(bytes.length + 1)
  marked[0] = LEAF
  marked.set(bytes, 1)
  return digest(marked)
}

/** The root over leaf hashes in this order (RFC 6962, 2.1); of no leaves, the digest of nothing. */
export function merkleRoot(leaves: readonly Uint8Array[], digest: Digest): Uint8Array {
  if (leaves.length === 0) return digest(new Uint8Array())
  let level = leaves
  while (level.length > 1) level = level.flatMap((left, at) => above(level, left, at, digest))
  // safe: the list is not empty
  return level[0] as Uint8Array
}

/** The node over a left child; nothing for a right one, and the child itself where it has no neighbour. */
function above(level: readonly Uint8Array[], left: Uint8Array, at: number, digest: Digest): readonly Uint8Array[] {
  if (at % 2 === 1) return []
  const right = level[at + 1]
  return [right ? node(left, right, digest) : left]
}

/** One step of the way from a leaf to the root: the neighbour, and on which side it stands. */
export type ProofStep = { readonly side: 'left' | 'right'; readonly hash: Uint8Array }

/** The neighbours that lead from one leaf to the root, lowest first; null: there is no such leaf. */
export function inclusionProof(
  leaves: readonly Uint8Array[],
  index: number,
  digest: Digest,
): readonly ProofStep[] | null {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length) return null
  const steps: ProofStep[] = []
  let level = leaves
  for (let at = index; level.length > 1; at = Math.floor(at / 2)) {
    const neighbour = level[at ^ 1]
    if (neighbour) steps.push({ side: at % 2 === 0 ? 'right' : 'left', hash: neighbour })
    const below = level
    level = below.flatMap((left, place) => above(below, left, place, digest))
  }
  return steps
}

/** Whether these neighbours lead from the leaf to the root at its place in a batch of so many. */
export function provesInclusion(
  leaf: Uint8Array,
  place: { readonly index: number; readonly count: number },
  steps: readonly ProofStep[],
  root: Uint8Array,
  digest: Digest,
): boolean {
  const sides = sidesOf(place)
  if (sides === null || sides.length !== steps.length) return false
  let hash = leaf
  for (const [at, step] of steps.entries()) {
    // The sides follow from the place: a proof for another place does not pass.
    if (step.side !== sides[at]) return false
    hash = step.side === 'left' ? node(step.hash, hash, digest) : node(hash, step.hash, digest)
  }
  return hash.length === root.length && hash.every((byte, at) => byte === root[at])
}

function sidesOf({ index, count }: { readonly index: number; readonly count: number }): ProofStep['side'][] | null {
  if (!Number.isInteger(index) || index < 0 || index >= count) return null
  const sides: ProofStep['side'][] = []
  for (let at = index, width = count; width > 1; at = Math.floor(at / 2), width = Math.ceil(width / 2)) {
    if (at % 2 === 1) sides.push('left')
    else if (at + 1 < width) sides.push('right')
  }
  return sides
}

function node(left: Uint8Array, right: Uint8Array, digest: Digest): Uint8Array {
  const bytes = new Uint8Array(1 + left.length + right.length)
  bytes[0] = NODE
  bytes.set(left, 1)
  bytes.set(right, 1 + left.length)
  return digest(bytes)
}

export const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
