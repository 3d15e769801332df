import { createHash } from 'node:crypto'
import type { LedgerLine } from '../../core/domain/ledger-lines.ts'
import type { Tools } from '../../core/domain/check-chain.ts'
import { type KeptHead, ledgerVerifier, type Report } from '../../core/domain/verify-ledger.ts'
import { verifySignature } from '../../core/postgres/ledger-key.ts'
import type { World } from './world.ts'
import { value } from './world.ts'

export const digest = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()

export const TOOLS: Tools = { digest, verify: verifySignature }

/** Everything that the gate gives out about the ledger of the world's workspace. */
export async function exported(world: World): Promise<LedgerLine[]> {
  const lines: LedgerLine[] = []
  for await (const line of value(await world.gate.exportLedger(world.owner, { details: true }))) lines.push(line)
  return lines
}

/** What a verifier makes of these lines; throws where they are no whole export. */
export function verified(lines: readonly LedgerLine[], kept: KeptHead | null = null): Report {
  const verifier = ledgerVerifier(TOOLS, { kept, pinKey: true })
  for (const line of lines) verifier.read(line)
  const report = verifier.finish()
  if ('unreadable' in report) throw new Error(report.unreadable)
  return report
}

export const verify = async (world: World, kept: KeptHead | null = null): Promise<Report> =>
  verified(await exported(world), kept)

/** What only somebody with the rights of the database's owner can do: past policies, rights and triggers. */
export async function asIntruder(world: World, text: string, values: readonly unknown[] = []): Promise<void> {
  await world.query("select set_config('session_replication_role', 'replica', false)")
  try {
    await world.query(text, values)
  } finally {
    await world.query("select set_config('session_replication_role', 'origin', false)")
  }
}
