import { expect, it, test } from 'vitest'
import { createProgram } from '../../core/cli/tenure.ts'
import { ok } from '../../core/domain/result.ts'
import type { LedgerLine } from '../../core/domain/ledger-lines.ts'
import { after, makeSeal } from '../../core/gate/make-seal.ts'
import { createLedgerKey, verifySignature } from '../../core/postgres/ledger-key.ts'
import { fakeGate, type FakeGate } from '../support/fake-gate.ts'
import { httpApp } from '../support/http-app.ts'
import { AT, WORKSPACE } from '../support/views.ts'

const key = createLedgerKey(new Uint8Array(32).fill(1))
const workspace = WORKSPACE
const body = JSON.stringify({ at: AT.toISOString(), body: {}, subject: 'act_1', type: 'tested', version: 1, workspace })
const digest = (await crypto.subtle.digest('SHA-256', new TextEncoder().encode(body))).slice(0)
const event: LedgerLine = {
  line: 'event',
  id: '1',
  tx: '9',
  workspace,
  subject: 'act_1',
  version: 1,
  type: 'tested',
  at: AT.toISOString(),
  body,
  digest: Buffer.from(digest).toString('hex'),
}
const made = makeSeal(key, [{ id: '1', tx: '9', body }], {
  workspace,
  ...after(null),
  last: { era: 0, tx: '9', id: '1' },
  highestId: '1',
  horizon: '10',
  at: AT.toISOString(),
  adoption: null,
})
const HEAD = {
  workspace_id: workspace,
  batch: 1,
  head: made.head,
  at: AT.toISOString(),
  text: made.text,
  signature: made.signature,
  public_key: made.publicKey,
}

/** One sealed event, as the gate gives it out. */
const LINES: readonly LedgerLine[] = [
  {
    line: 'ledger',
    format: 'tenure-ledger-1',
    workspace,
    at: AT.toISOString(),
    public_key: key.publicKey,
    details: true,
  },
  {
    line: 'seal',
    workspace,
    batch: 1,
    previous: made.seal.previous,
    head: made.head,
    text: made.text,
    signature: made.signature,
    public_key: made.publicKey,
    leaves: made.leaves,
    last_tx: '9',
    last_id: '1',
    era_from: '0',
  },
  event,
  { line: 'unsealed' },
  { line: 'end', seals: 1, events: 1 },
]

async function* stream<T>(items: readonly T[]): AsyncGenerator<T> {
  for (const item of items) yield await Promise.resolve(item)
}
const serving = (lines: readonly LedgerLine[]): FakeGate =>
  fakeGate({ exportLedger: () => Promise.resolve(ok(stream(lines))) })

/** The program against the real HTTP app over a fake gate, with these files. */
async function tenure(args: readonly string[], gate: FakeGate, files: Readonly<Record<string, string>> = {}) {
  const { app } = httpApp({ gate })
  const said = { out: '', err: '' }
  const written: Record<string, string> = {}
  const program = createProgram({
    fetch: async (url, init) => app.request(url, init),
    out: (text) => void (said.out += text),
    err: (text) => void (said.err += text),
    env: { TENURE_ADMIN_TOKEN: 'owner-token' },
    readFile: (path) => Promise.resolve(files[path] ?? null),
    readLines: (path) => (files[path] === undefined ? null : stream(files[path].split('\n'))),
    writeLines: async (path, lines) => {
      let text = ''
      for await (const line of lines) text += line
      written[path] = text
      return ok(undefined)
    },
    verifySignature,
    stdin: () => Promise.resolve(null),
    migrate: () => Promise.resolve(ok([])),
    install: () => Promise.resolve(ok('wks_one')),
  })
  return { exitCode: await program.run(['ledger', ...args]), ...said, written }
}

it('finds an intact ledger intact: 0', async () => {
  const { exitCode, out } = await tenure(['verify'], serving(LINES))
  expect(out).toContain('The ledger is intact.\n1 sealed batches with 1 events')
  expect(exitCode).toBe(0)
})

it('exports what can be verified without a gate, against a head that was kept', async () => {
  const { exitCode, written } = await tenure(['export', 'ledger.ndjson', '--details'], serving(LINES))
  expect(exitCode).toBe(0)
  const files = { ...written, 'head.json': JSON.stringify(HEAD) }
  for (const head of ['head.json', made.head]) {
    const checked = await tenure(['verify', '--export', 'ledger.ndjson', '--head', head], fakeGate(), files)
    expect(checked.out).toContain('The head that was kept is in the chain.')
    expect(checked.exitCode).toBe(0)
  }
})

test.each<[string, readonly LedgerLine[], readonly string[], RegExp]>([
  ['a changed event', LINES.with(2, { ...event, body: body.replace('tested', 'forged') }), [], /Changed event: act_1/],
  ['a deleted event', LINES.toSpliced(2, 1), [], /Deleted event: batch 1/],
  ['an unknown head', LINES, ['--head', 'ab'.repeat(32)], /No seal has the head abab/],
])('finds %s: 1', async (_what, lines, options, says) => {
  const { exitCode, out } = await tenure(['verify', ...options], serving(lines))
  expect(out).toMatch(says)
  expect(exitCode).toBe(1)
})

test.each<[string, readonly string[], Readonly<Record<string, string>>, RegExp]>([
  ['no export', ['--export', 'nowhere'], {}, /There is no file nowhere/],
  ['something else', ['--export', 'x'], { x: 'hello' }, /not an exported ledger/],
  ['half an export', ['--export', 'x'], { x: `${JSON.stringify(LINES[0])}\n` }, /cut short/],
  ['no head', ['--head', 'nowhere'], {}, /There is no file nowhere/],
  [
    'a head that does not fit its signature',
    ['--head', 'x'],
    { x: JSON.stringify({ ...HEAD, batch: 1, text: '{}' }) },
    /signature/,
  ],
])('cannot check %s: 2', async (_what, options, files, says) => {
  const { exitCode, err } = await tenure(['verify', ...options], serving(LINES), files)
  expect(err).toMatch(says)
  expect(exitCode).toBe(2)
})

it('cannot check what it is refused: 2', async () => {
  const gate = fakeGate()
  gate.refuseWith({ kind: 'not_permitted', why: 'Only admins and owners can read the ledger.' })
  const { exitCode, err } = await tenure(['verify'], gate)
  expect(err).toContain('Only admins and owners can read the ledger.')
  expect(exitCode).toBe(2)
})

it('adopts with a head that was kept, and erases', async () => {
  const gate = fakeGate()
  const adopted = await tenure(['adopt', '--reason', 'Restored', '--lost', 'h'], gate, { h: JSON.stringify(HEAD) })
  expect(adopted.out).toContain('The chain goes on with batch 8')
  await tenure(['erase', 'act_1'], gate)
  const { out } = await tenure(['head'], gate)
  expect(JSON.parse(out)).toMatchObject({ batch: 7 })
  expect(gate.calls.map(({ verb, args }) => [verb, ...args.slice(1)])).toEqual([
    ['adoptLedger', { reason: 'Restored', lost: { batch: 1, head: made.head } }],
    ['eraseDetails', 'act_1'],
    ['ledgerHead'],
  ])
})
