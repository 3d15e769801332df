import type { EventLine } from './ledger-lines.ts'
import type { Finding } from './ledger-findings.ts'
import { type Digest, hexOf } from './merkle.ts'

export type CheckedEvent = {
  /** Of the text as it is now, whatever the digest column says. */
  readonly bodyDigest: string
  readonly findings: readonly Finding[]
  /** `erased`: the event was written with a detail that is not there any more. */
  readonly detail: 'none' | 'there' | 'erased'
}

const hexDigest = (text: string, digest: Digest): string => hexOf(digest(new TextEncoder().encode(text)))

/** The salted digest that an event holds of what lies beside the ledger. */
export const detailDigest = (salt: string, text: string, digest: Digest): string => hexDigest(`${salt}:${text}`, digest)

/** Whether an event's text fits its digest, its columns the text, and its detail the salted digest. */
export function checkEvent(line: EventLine, workspace: string, batch: number | null, digest: Digest): CheckedEvent {
  const event = { subject: line.subject, version: line.version }
  const changed = (what: string): Finding => ({ kind: 'event_changed', event, batch, what })
  const bodyDigest = hexDigest(line.body, digest)
  const findings: Finding[] = []
  if (bodyDigest !== line.digest) findings.push(changed('its text does not fit its digest'))
  const body = parse(line.body)
  const columns: readonly (readonly [string, unknown, unknown])[] = [
    ['workspace', line.workspace, body['workspace']],
    ['subject', line.subject, body['subject']],
    ['version', line.version, body['version']],
    ['type', line.type, body['type']],
    ['time', line.at, body['at']],
  ]
  for (const [name, column, written] of columns)
    if (column !== written) findings.push(changed(`its ${name} is not the one in its text`))
  if (line.workspace !== workspace) findings.push(changed('it belongs to another workspace'))
  const commitment = body['detail'] ?? null
  if (line.detail && detailDigest(line.detail.salt, line.detail.text, digest) !== commitment)
    findings.push({ kind: 'detail_changed', event })
  const detail = commitment === null ? 'none' : line.detail ? 'there' : 'erased'
  return { bodyDigest, findings, detail }
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    // safe: an object has names
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
  } catch {
    return {}
  }
}
