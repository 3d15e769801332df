import { createHash } from 'node:crypto'
import type { SealLine } from '../domain/ledger-lines.ts'
import { hexOf, merkleRoot } from '../domain/merkle.ts'
import {
  BEGINNING,
  compareNumbers,
  headOf,
  keyIdOf,
  leafOf,
  leavesText,
  NO_HEAD,
  readSeal,
  type Seal,
  sealText,
  signedText,
} from '../domain/seal.ts'
import type { LedgerKey, NewSeal, UnsealedEvent } from '../ports/ledger.ts'

export const digest = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()

export const ownKeyId = (key: LedgerKey): string => keyIdOf(key.publicKey, digest)

/** Why nothing can be sealed on top of the last seal until an owner adopts the ledger. */
export type Obstacle = 'count_went_back' | 'last_seal_changed' | 'other_key'

/** Null: the last seal is whole and ours. */
export function obstacleIn(last: SealLine | null, key: LedgerKey): Obstacle | null {
  if (last === null) return null
  if (readSeal(last.text) === null || headOf(last.text, digest) !== last.head) return 'last_seal_changed'
  if (last.public_key !== key.publicKey) return 'other_key'
  return key.verify(last.public_key, signedText(last.head), last.signature) ? null : 'last_seal_changed'
}

/** What follows from the last seal: where the next batch begins, and on what it stands. */
export function after(last: SealLine | null) {
  const seal = last && readSeal(last.text)
  return {
    previous: last?.head ?? NO_HEAD,
    batch: (last?.batch ?? 0) + 1,
    // A seal that cannot be read any more: its columns are the best that is known.
    last: seal?.last ?? (last ? { era: 0, tx: last.last_tx, id: last.last_id } : BEGINNING),
    eraFrom: last?.era_from ?? '0',
    highestId: seal?.highestId ?? last?.last_id ?? '0',
  }
}

export const highest = (events: readonly UnsealedEvent[], before: string): string =>
  events.reduce((most, { id }) => (compareNumbers(id, most) > 0 ? id : most), before)

/** Hashes, signs and spells a seal over these events. */
export function makeSeal(
  key: LedgerKey,
  events: readonly UnsealedEvent[],
  rest: Omit<Seal, 'count' | 'root' | 'key'>,
): NewSeal {
  const leaves = events.map((event) => leafOf(event, hexOf(digest(Buffer.from(event.body))), digest))
  const seal: Seal = { ...rest, count: events.length, root: hexOf(merkleRoot(leaves, digest)), key: ownKeyId(key) }
  const text = sealText(seal)
  const head = headOf(text, digest)
  return {
    seal,
    text,
    head,
    signature: key.sign(signedText(head)),
    publicKey: key.publicKey,
    leaves: leavesText(leaves),
  }
}
