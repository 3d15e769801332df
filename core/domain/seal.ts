import { canonicalJson } from './canonical.ts'
import { type Digest, hexOf, leafHash, merkleRoot } from './merkle.ts'

/**
 * Where an event stands: transactions in the order of their numbers, events of one in the order of their ids. The era
 * grows when a restored database began to count its transactions anew. Numbers are text: they pass 2^53.
 */
export type Position = { readonly era: number; readonly tx: string; readonly id: string }

export const BEGINNING: Position = { era: 0, tx: '0', id: '0' }
export const NO_HEAD = '0'.repeat(64)

/** What an owner records after a restore or a change of key, so that the chain goes on in the open. */
export type Adoption = {
  readonly by: string
  /** The last head that is known from before; null: nothing is known to be lost. */
  readonly lost: { readonly batch: number; readonly head: string } | null
}

/** What is signed: one batch of a workspace's events and the seal before it. */
export type Seal = {
  readonly workspace: string
  readonly batch: number
  readonly previous: string
  /** Everything up to here is sealed; the next batch begins after it. */
  readonly last: Position
  /** Events of the era in which the next batch begins have greater ids than this. */
  readonly eraFrom: string
  readonly count: number
  readonly root: string
  /** The greatest id that was sealed so far. */
  readonly highestId: string
  /** Every transaction below this number was complete when the batch was read. */
  readonly horizon: string
  readonly at: string
  /** The id of the signing key. */
  readonly key: string
  readonly adoption: Adoption | null
}

const FORMAT = 'tenure-seal-1'

/** The one spelling of a seal: these bytes are hashed into the head. */
export const sealText = (seal: Seal): string =>
  canonicalJson({
    format: FORMAT,
    ...seal,
    last: { ...seal.last },
    adoption: seal.adoption && { ...seal.adoption, lost: seal.adoption.lost && { ...seal.adoption.lost } },
  })

export const headOf = (text: string, digest: Digest): string => hexOf(digest(new TextEncoder().encode(text)))

/** What the key signs: a head can be taken for nothing else that a key of this sort might sign. */
export const signedText = (head: string): string => `${FORMAT}:${head}`

/** The id of a public key: the first 16 hex digits of its digest. */
export const keyIdOf = (publicKey: string, digest: Digest): string =>
  hexOf(digest(new TextEncoder().encode(publicKey))).slice(0, 16)

/** Null: not the text of a seal. Spelled in any other way it is none either. */
export function readSeal(text: string): Seal | null {
  const seal = parse(text)
  return isSeal(seal) && sealText(seal) === text ? seal : null
}

function parse(text: string): unknown {
  try {
    const { format, ...seal } = JSON.parse(text) as { readonly format?: unknown }
    return format === FORMAT ? seal : null
  } catch {
    return null
  }
}

function isSeal(seal: unknown): seal is Seal {
  return (
    isRecord(seal) &&
    ['workspace', 'previous', 'root', 'at', 'key'].every((name) => typeof seal[name] === 'string') &&
    ['batch', 'count'].every((name) => Number.isSafeInteger(seal[name])) &&
    isNumber(seal['eraFrom']) &&
    isNumber(seal['highestId']) &&
    isNumber(seal['horizon']) &&
    isPosition(seal['last']) &&
    (seal['adoption'] === null || isAdoption(seal['adoption']))
  )
}

function isPosition(position: unknown): position is Position {
  return (
    isRecord(position) && Number.isSafeInteger(position['era']) && isNumber(position['tx']) && isNumber(position['id'])
  )
}

function isAdoption(adoption: unknown): adoption is Adoption {
  if (!isRecord(adoption) || typeof adoption['by'] !== 'string') return false
  const { lost } = adoption
  return lost === null || (isRecord(lost) && Number.isSafeInteger(lost['batch']) && typeof lost['head'] === 'string')
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const isNumber = (value: unknown): value is string => typeof value === 'string' && /^(0|[1-9]\d{0,19})$/.test(value)

/** Below zero: a stands before b. */
export function comparePositions(a: Position, b: Position): number {
  return a.era - b.era || compareNumbers(a.tx, b.tx) || compareNumbers(a.id, b.id)
}

/** Compares whole numbers written without leading zeros. */
export const compareNumbers = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0)

/** What of an event goes into the tree: its place, and the digest of its text. */
export const leafOf = (event: { readonly tx: string; readonly id: string }, bodyDigest: string, digest: Digest) =>
  leafHash(`${event.tx}:${event.id}:${bodyDigest}`, digest)

/** The leaves of a batch as they are kept beside its seal, so that what was changed can be named. */
export const leavesText = (leaves: readonly Uint8Array[]): string => leaves.map(hexOf).join('')

/** Null: not a list of leaves. */
export function readLeaves(text: string): readonly string[] | null {
  if (!/^(?:[0-9a-f]{64})*$/.test(text)) return null
  return text.match(/.{64}/g) ?? []
}

/** The root over leaves in hex. */
export const rootOf = (leaves: readonly string[], digest: Digest): string =>
  hexOf(merkleRoot(leaves.map(bytesOf), digest))

const bytesOf = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
