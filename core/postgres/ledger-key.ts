import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import type { LedgerKey } from '../ports/ledger.ts'

/** What stands before the 32 bytes of an Ed25519 key in PKCS #8 and in SPKI. */
const PRIVATE = Buffer.from('302e020100300506032b657004220420', 'hex')
const PUBLIC = Buffer.from('302a300506032b6570032100', 'hex')

/** The key that signs heads, from 32 bytes of configuration (the Ed25519 seed). */
export function createLedgerKey(seed: Uint8Array): LedgerKey {
  if (seed.length !== 32) throw new Error('A ledger key has 32 bytes')
  const key = createPrivateKey({ key: Buffer.concat([PRIVATE, seed]), format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(PUBLIC.length)
  return {
    publicKey: publicKey.toString('base64'),
    sign: (text) => sign(null, Buffer.from(text), key).toString('base64'),
    verify: verifySignature,
  }
}

/** Whether the text was signed by this key; false also for what is no key or no signature. */
export function verifySignature(publicKey: string, text: string, signature: string): boolean {
  const key = readPublicKey(publicKey)
  const bytes = Buffer.from(signature, 'base64')
  // Another spelling of the same bytes is a change, too.
  if (key === null || bytes.length !== 64 || bytes.toString('base64') !== signature) return false
  return verify(null, Buffer.from(text), key, bytes)
}

function readPublicKey(text: string): KeyObject | null {
  const bytes = Buffer.from(text, 'base64')
  if (bytes.length !== 32 || bytes.toString('base64') !== text) return null
  try {
    return createPublicKey({ key: Buffer.concat([PUBLIC, bytes]), format: 'der', type: 'spki' })
  } catch {
    return null
  }
}
