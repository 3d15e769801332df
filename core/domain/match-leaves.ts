import type { EventName, Finding } from './ledger-findings.ts'
import { type Digest, hexOf } from './merkle.ts'
import { leafOf } from './seal.ts'

/** An event as it was read: its leaf, and what the leaf was made of. */
export type Seen = {
  readonly event: EventName
  readonly leaf: string
  readonly tx: string
  readonly id: string
  readonly bodyDigest: string
}

/** Of more than so many changed events in one batch it is not worth telling which were swapped. */
const MOST_SWAPPED = 64

/** What was done to the events of a batch, given the leaves that were sealed. */
export function matchLeaves(
  batch: number,
  sealed: readonly string[],
  seen: readonly Seen[],
  digest: Digest,
): readonly Finding[] {
  if (sealed.length === seen.length && seen.every(({ leaf }, at) => leaf === sealed[at])) return []
  const known = new Set(sealed)
  const there = new Set(seen.map(({ leaf }) => leaf))
  const swapped = swappedPairs(
    seen.filter(({ leaf }) => !known.has(leaf)),
    new Set(sealed.filter((leaf) => !there.has(leaf))),
    digest,
  )
  const findings: Finding[] = swapped.map(([one, other]) => ({
    kind: 'events_swapped',
    batch,
    one: one.event,
    other: other.event,
  }))
  const restored = undoSwaps(seen, swapped, digest)
  return [...findings, ...outOfOrder(batch, sealed, restored), ...align(batch, sealed, restored)]
}

/** Two changed events of which each fits the place of the other. */
function swappedPairs(
  changed: readonly Seen[],
  missing: ReadonlySet<string>,
  digest: Digest,
): readonly (readonly [Seen, Seen])[] {
  if (changed.length > MOST_SWAPPED) return []
  const pairs: [Seen, Seen][] = []
  const paired = new Set<Seen>()
  for (const one of changed) {
    const other = changed.find(
      (candidate) =>
        candidate !== one &&
        !paired.has(one) &&
        !paired.has(candidate) &&
        missing.has(leafAt(one, candidate, digest)) &&
        missing.has(leafAt(candidate, one, digest)),
    )
    if (!other) continue
    paired.add(one).add(other)
    pairs.push([one, other])
  }
  return pairs
}

const leafAt = (place: Seen, content: Seen, digest: Digest): string => hexOf(leafOf(place, content.bodyDigest, digest))

function undoSwaps(
  seen: readonly Seen[],
  swapped: readonly (readonly [Seen, Seen])[],
  digest: Digest,
): readonly Seen[] {
  const partner = new Map(swapped.flatMap(([one, other]) => [[one, other] as const, [other, one] as const]))
  return seen.map((one) => {
    const other = partner.get(one)
    return other ? { ...one, leaf: leafAt(one, other, digest) } : one
  })
}

/** What is all there, but not in the order in which it was sealed: only an exported file can be like that. */
function outOfOrder(batch: number, sealed: readonly string[], seen: readonly Seen[]): readonly Finding[] {
  const known = new Set(sealed)
  const there = new Set(seen.map(({ leaf }) => leaf))
  const kept = seen.filter(({ leaf }) => known.has(leaf))
  const order = sealed.filter((leaf) => there.has(leaf))
  const at = kept.findIndex(({ leaf }, index) => leaf !== order[index])
  const one = kept[at]
  const other = kept.find(({ leaf }) => leaf === order[at])
  return one && other ? [{ kind: 'events_swapped', batch, one: one.event, other: other.event }] : []
}

/** Between what fits: as many events as were sealed were changed, fewer were deleted, more were inserted. */
function align(batch: number, sealed: readonly string[], seen: readonly Seen[]): readonly Finding[] {
  const findings: Finding[] = []
  const known = new Set(sealed)
  const there = new Set(seen.map(({ leaf }) => leaf))
  let next = 0
  let before: EventName | null = null
  const gap = (extra: readonly Seen[], missing: number): void => {
    for (const [index, { event }] of extra.entries()) {
      findings.push(
        index < missing
          ? { kind: 'event_changed', event, batch, what: 'it was rewritten together with its digest' }
          : { kind: 'event_inserted', event, batch },
      )
    }
    const after = extra.at(-1)?.event ?? before
    for (let count = extra.length; count < missing; count += 1) findings.push({ kind: 'event_deleted', batch, after })
  }
  const skipMissing = (): number => {
    const from = next
    while (next < sealed.length && !there.has(sealed[next] ?? '')) next += 1
    return next - from
  }
  let extra: Seen[] = []
  for (const one of seen) {
    if (!known.has(one.leaf)) {
      extra.push(one)
      continue
    }
    gap(extra, skipMissing())
    extra = []
    before = one.event
    next += 1
  }
  gap(extra, skipMissing())
  return findings
}
