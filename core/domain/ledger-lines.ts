/** The lines of an exported ledger, in this order: the start, each seal before its events, the unsealed rest, the end. */
export type LedgerLine = StartLine | SealLine | EventLine | UnsealedLine | EndLine

export type StartLine = {
  readonly line: 'ledger'
  readonly format: 'tenure-ledger-1'
  readonly workspace: string
  readonly at: string
  /** The key that the gate signs with now. */
  readonly public_key: string
  /** Whether what people wrote is in it, where it was not erased. */
  readonly details: boolean
}

export type SealLine = {
  readonly line: 'seal'
  readonly workspace: string
  readonly batch: number
  readonly previous: string
  readonly head: string
  /** The bytes that the head was made of. */
  readonly text: string
  readonly signature: string
  readonly public_key: string
  readonly leaves: string
  readonly last_tx: string
  readonly last_id: string
  readonly era_from: string
}

export type EventLine = {
  readonly line: 'event'
  readonly id: string
  readonly tx: string
  readonly workspace: string
  readonly subject: string
  readonly version: number
  readonly type: string
  readonly at: string
  /** The bytes that the digest was made of. */
  readonly body: string
  readonly digest: string
  readonly detail?: { readonly salt: string; readonly text: string }
}

export type UnsealedLine = { readonly line: 'unsealed' }

/** Without it the export was cut short. */
export type EndLine = { readonly line: 'end'; readonly seals: number; readonly events: number }

const TEXTS: Readonly<Record<LedgerLine['line'], readonly string[]>> = {
  ledger: ['format', 'workspace', 'at', 'public_key'],
  seal: [
    'workspace',
    'previous',
    'head',
    'text',
    'signature',
    'public_key',
    'leaves',
    'last_tx',
    'last_id',
    'era_from',
  ],
  event: ['id', 'tx', 'workspace', 'subject', 'type', 'at', 'body', 'digest'],
  unsealed: [],
  end: [],
}
const NUMBERS: Readonly<Record<LedgerLine['line'], readonly string[]>> = {
  ledger: [],
  seal: ['batch'],
  event: ['version'],
  unsealed: [],
  end: ['seals', 'events'],
}

/** Null: not a line of an exported ledger. */
export function readLedgerLine(text: string): LedgerLine | null {
  const value = parse(text)
  if (value === null || !isSort(value['line'])) return null
  const sort = value['line']
  const fits =
    TEXTS[sort].every((name) => typeof value[name] === 'string') &&
    NUMBERS[sort].every((name) => Number.isSafeInteger(value[name])) &&
    (sort !== 'event' || value['detail'] === undefined || isDetail(value['detail']))
  // safe: every member of that sort of line was looked at
  return fits ? (value as unknown as LedgerLine) : null
}

const isSort = (sort: unknown): sort is LedgerLine['line'] => typeof sort === 'string' && Object.hasOwn(TEXTS, sort)

const isDetail = (detail: unknown): boolean =>
  typeof detail === 'object' &&
  detail !== null &&
  'salt' in detail &&
  'text' in detail &&
  typeof detail.salt === 'string' &&
  typeof detail.text === 'string'

function parse(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text)
    // safe: an object has names
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : null
  } catch {
    return null
  }
}
