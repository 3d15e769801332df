import type { Finding } from './ledger-findings.ts'
import type { SealLine } from './ledger-lines.ts'
import type { Digest } from './merkle.ts'
import { comparePositions, headOf, keyIdOf, readLeaves, readSeal, rootOf, type Seal, signedText } from './seal.ts'

/** What the verifier cannot do itself. */
export type Tools = {
  readonly digest: Digest
  /** Ed25519; false also for what is no key or no signature at all. */
  readonly verify: (publicKey: string, text: string, signature: string) => boolean
}

/** The seal before, as far as it could be read. */
export type Before = { readonly batch: number; readonly head: string; readonly seal: Seal | null }

export type CheckedSeal = {
  readonly findings: readonly Finding[]
  /** Null: not the text of a seal. */
  readonly seal: Seal | null
  /** The leaves that were signed; null: the seal or its list of leaves cannot be trusted. */
  readonly leaves: readonly string[] | null
}

/** Whether a seal is whole: its text, head, signature and leaves, and the columns that repeat it. */
export function checkSeal(line: SealLine, workspace: string, { digest, verify }: Tools): CheckedSeal {
  const findings: Finding[] = []
  const changed = (what: string): void => void findings.push({ kind: 'seal_changed', batch: line.batch, what })
  const seal = readSeal(line.text)
  if (seal === null) changed('its text is not that of a seal')
  if (headOf(line.text, digest) !== line.head) changed('its text does not fit its head')
  if (!verify(line.public_key, signedText(line.head), line.signature))
    findings.push({ kind: 'signature_forged', batch: line.batch })
  const leaves = readLeaves(line.leaves)
  const whole = seal !== null && leaves !== null && leaves.length === seal.count && rootOf(leaves, digest) === seal.root
  if (seal !== null && !whole) changed('its list of leaves does not fit its root')
  if (seal !== null)
    for (const [what, column, written] of [
      ['workspace', line.workspace, seal.workspace],
      ['number', line.batch, seal.batch],
      ['predecessor', line.previous, seal.previous],
      ['last transaction', line.last_tx, seal.last.tx],
      ['last event', line.last_id, seal.last.id],
      ['era', line.era_from, seal.eraFrom],
      ['key', keyIdOf(line.public_key, digest), seal.key],
    ] as const)
      if (column !== written) changed(`its ${what} is not the one in its text`)
  if (line.workspace !== workspace) changed('it belongs to another workspace')
  return { findings, seal, leaves: whole && findings.length === 0 ? leaves : null }
}

/** Whether a seal follows the one before it (null: it is the first). */
export function checkLink(
  line: SealLine,
  seal: Seal | null,
  before: Before | null,
  noHead: string,
): readonly Finding[] {
  const expected = (before?.batch ?? 0) + 1
  const previous = before?.head ?? noHead
  const adoption = seal?.adoption ?? null
  const declared = adoption?.lost ? adoption.lost.batch + 1 : expected
  const findings: Finding[] = []
  if (line.batch < expected) findings.push({ kind: 'seal_out_of_place', batch: line.batch })
  else if (line.batch > Math.max(expected, declared))
    findings.push({ kind: 'seals_missing', from: expected, to: line.batch - 1 })
  else if (line.previous !== previous) findings.push({ kind: 'seal_out_of_place', batch: line.batch })
  if (!seal || !before?.seal) return findings
  if (comparePositions(seal.last, before.seal.last) < 0) findings.push({ kind: 'seal_out_of_place', batch: line.batch })
  if (seal.key !== before.seal.key && adoption === null)
    findings.push({ kind: 'other_key', batch: line.batch, key: seal.key })
  return findings
}
