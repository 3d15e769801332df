import { type Before, checkLink, checkSeal, type CheckedSeal, type Tools } from './check-chain.ts'
import { checkEvent } from './check-event.ts'
import type { Finding } from './ledger-findings.ts'
import type { EndLine, EventLine, LedgerLine, SealLine, StartLine } from './ledger-lines.ts'
import { matchLeaves, type Seen } from './match-leaves.ts'
import { hexOf } from './merkle.ts'
import { type Adoption, keyIdOf, leafOf, NO_HEAD } from './seal.ts'
import { subjectVersions } from './subject-versions.ts'

/** A head that was kept outside; of a bare head the batch is not known. */
export type KeptHead = { readonly batch: number | null; readonly head: string }

export type Adopted = {
  readonly batch: number
  readonly at: string
  readonly adoption: Adoption
  readonly after: number
}

export type Report = {
  /** The first thousand; `found` counts them all. */
  readonly findings: readonly Finding[]
  readonly found: number
  readonly seals: number
  readonly events: number
  readonly last: { readonly batch: number; readonly head: string; readonly at: string | null } | null
  readonly unsealed: { readonly events: number; readonly oldestAt: string | null }
  /** Details that the events were written with and that are not there any more; null: they were not looked at. */
  readonly erased: number | null
  readonly adoptions: readonly Adopted[]
  /** Ids of the keys that signed, in the order in which they first did. */
  readonly keys: readonly string[]
  /** What became of the kept head: it is in the chain, or an adoption declares it lost. */
  readonly kept: 'found' | 'declared_lost' | 'missing' | null
}

/** What was read is not a whole export; nothing can be said about the ledger. */
export type Unreadable = { readonly unreadable: string }

const MOST_FINDINGS = 1000

/**
 * Recomputes a ledger from the lines of an export, one at a time: nothing that the export says about itself is
 * believed but the public key, which `gateKey` (the key of the running gate) or a kept head can pin. Keeps one batch and
 * one number a subject in memory.
 */
export function ledgerVerifier(tools: Tools, options: { readonly kept: KeptHead | null; readonly pinKey: boolean }) {
  const findings: Finding[] = []
  let found = 0
  const say = (finding: Finding): void => {
    found += 1
    if (findings.length < MOST_FINDINGS) findings.push(finding)
  }
  const versions = subjectVersions()
  const keys = new Set<string>()
  const adoptions: Adopted[] = []
  const count = { seals: 0, events: 0, unsealed: 0, erased: 0 }
  let start: StartLine | null = null
  let end: EndLine | null = null
  let trouble: string | null = null
  let before: Before | null = null
  let open: { readonly batch: number; readonly checked: CheckedSeal; readonly seen: Seen[] } | null = null
  let oldestUnsealed: string | null = null
  let headFound = false

  function closeBatch(): void {
    if (open?.checked.leaves) matchLeaves(open.batch, open.checked.leaves, open.seen, tools.digest).forEach(say)
    open = null
  }

  function readSealLine(line: SealLine, workspace: string): void {
    closeBatch()
    count.seals += 1
    const checked = checkSeal(line, workspace, tools)
    checked.findings.forEach(say)
    checkLink(line, checked.seal, before, NO_HEAD).forEach(say)
    const { seal } = checked
    if (seal) keys.add(seal.key)
    if (seal?.adoption)
      adoptions.push({ batch: line.batch, at: seal.at, adoption: seal.adoption, after: before?.batch ?? 0 })
    const { kept } = options
    if (kept && kept.head === line.head && (kept.batch ?? line.batch) === line.batch) headFound = true
    before = { batch: line.batch, head: line.head, seal }
    open = { batch: line.batch, checked, seen: [] }
  }

  function readEventLine(line: EventLine, workspace: string): void {
    const batch = open?.batch ?? null
    const { bodyDigest, findings: its, detail } = checkEvent(line, workspace, batch, tools.digest)
    its.forEach(say)
    const event = { subject: line.subject, version: line.version }
    const twice = versions.add(line.subject, line.version)
    if (twice) say(twice)
    if (detail === 'erased') count.erased += 1
    if (open) {
      count.events += 1
      const { tx, id } = line
      open.seen.push({ event, tx, id, bodyDigest, leaf: hexOf(leafOf(line, bodyDigest, tools.digest)) })
      return
    }
    count.unsealed += 1
    if (oldestUnsealed === null || line.at < oldestUnsealed) oldestUnsealed = line.at
  }

  function read(line: LedgerLine): void {
    if (end) trouble ??= 'There is something after its end.'
    if (start === null) {
      if (line.line === 'ledger') start = line
      else trouble ??= 'It does not begin like an exported ledger.'
      return
    }
    if (line.line === 'seal') readSealLine(line, start.workspace)
    if (line.line === 'event') readEventLine(line, start.workspace)
    if (line.line === 'unsealed') closeBatch()
    if (line.line === 'end') end = line
    if (line.line === 'ledger') trouble ??= 'It begins twice.'
  }

  function checkKept(): Report['kept'] {
    const { kept } = options
    if (kept === null) return null
    if (headFound) return 'found'
    const lost = adoptions.some(
      ({ adoption, batch, after }) =>
        adoption.lost?.head === kept.head ||
        (adoption.lost !== null && kept.batch !== null && kept.batch > after && kept.batch < batch),
    )
    if (lost) return 'declared_lost'
    const last = before?.batch ?? 0
    if (kept.batch !== null && kept.batch > last) say({ kind: 'cut_off', last, kept: kept.batch })
    else say({ kind: 'head_not_found', head: kept.head, batch: kept.batch })
    return 'missing'
  }

  function finish(): Report | Unreadable {
    closeBatch()
    if (start === null) return { unreadable: trouble ?? 'It is empty.' }
    if (end === null) return { unreadable: 'It was cut short: its end is missing.' }
    if (trouble !== null) return { unreadable: trouble }
    const newest = before?.seal
    const gateKey = keyIdOf(start.public_key, tools.digest)
    if (options.pinKey && newest && newest.key !== gateKey)
      say({ kind: 'other_key', batch: newest.batch, key: newest.key })
    versions.missing().forEach(say)
    const kept = checkKept()
    // Where nothing else shows it: lines of what is not sealed yet were lost on the way.
    if (found === 0 && (end.seals !== count.seals || end.events !== count.events + count.unsealed))
      return { unreadable: 'It does not hold as many lines as its end says.' }
    return {
      findings,
      found,
      seals: count.seals,
      events: count.events,
      last: before && { batch: before.batch, head: before.head, at: before.seal?.at ?? null },
      unsealed: { events: count.unsealed, oldestAt: oldestUnsealed },
      erased: start.details ? count.erased : null,
      adoptions,
      keys: [...keys],
      kept,
    }
  }
  return { read, finish }
}
