import { createHash } from 'node:crypto'
import { err, ok, type Result } from '../domain/result.ts'
import { headOf, signedText } from '../domain/seal.ts'
import type { KeptHead } from '../domain/verify-ledger.ts'
import { Head } from './commands/ledger-head.ts'
import type { Failure } from './failure.ts'
import type { ProgramDeps } from './program-deps.ts'

export const digest = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()

/** A head that was kept: the file of `tenure ledger head`, whose signature is checked, or only its 64 hex digits. */
export async function readKeptHead(
  deps: ProgramDeps,
  given: string,
  allowed: 'file' | 'file_or_hex',
): Promise<Result<KeptHead, Failure>> {
  if (allowed === 'file_or_hex' && /^[0-9a-f]{64}$/.test(given)) return ok({ batch: null, head: given })
  const text = await deps.readFile(given)
  if (text === null) return err({ kind: 'cannot_check', says: `There is no file ${given}.` })
  const read = Head.safeParse(parsed(text))
  if (!read.success) return err({ kind: 'cannot_check', says: `${given} is not a head that was kept.` })
  const { head, batch, text: sealed, signature, public_key: publicKey } = read.data
  if (headOf(sealed, digest) !== head || !deps.verifySignature(publicKey, signedText(head), signature))
    return err({ kind: 'cannot_check', says: `The head in ${given} does not fit its own signature.` })
  return ok({ batch, head })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
