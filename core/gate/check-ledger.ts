import { createHash } from 'node:crypto'
import type { WorkspaceId } from '../domain/ids.ts'
import { findingWords } from '../domain/ledger-findings.ts'
import { ok } from '../domain/result.ts'
import { ALL, levelNow, type Standing } from '../domain/trust/standing.ts'
import { ledgerVerifier, type Report } from '../domain/verify-ledger.ts'
import { type Context, type Move, transact } from './dependencies.ts'
import type { Transaction } from '../ports/transaction.ts'
import { ledgerLines } from './read-ledger.ts'
import { tellPeople } from './tell-people.ts'

const CHECKED_EVERY_MS = 86_400_000
const MOST_TOLD = 5

const digest = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()

/**
 * Recomputes the workspace's ledger once a day where full delegation may be next or is in force, and keeps what came of
 * it in the ledger itself: a level 5 is given on a verified record only. What was found is told to people.
 */
export async function checkLedger(ctx: Context, workspaceId: WorkspaceId): Promise<void> {
  if (!(await ctx.store.read(workspaceId, isDue))) return
  const report = await recompute(ctx, workspaceId)
  if (report === null) return
  await transact<void, never>(ctx, workspaceId, async (tx) => {
    await tx.lockControl('configure')
    // Another process may have been at it meanwhile.
    if (await isDue(tx)) await keep(ctx, tx, report)
    return ok(undefined)
  })
}

/** Also where something was found, until it is cleared up: that stops every raise. */
async function isDue(tx: Transaction): Promise<boolean> {
  const [{ standings }, last] = await Promise.all([tx.snapshot(), tx.evidence.lastLedgerCheck()])
  const since = last === null ? Infinity : tx.now.getTime() - last.at.getTime()
  if (since < CHECKED_EVERY_MS) return false
  return (last?.found ?? 0) > 0 || standings.some((standing) => isHigh(standing, tx.now))
}

const isHigh = (standing: Standing, now: Date): boolean =>
  standing.agentId !== ALL && levelNow(standing, now.getTime()) >= 4

/** Null: it could not be read to its end, so nothing is known. */
async function recompute(ctx: Context, workspaceId: WorkspaceId): Promise<Report | null> {
  const { ledgerKey } = ctx
  const tools = { digest, verify: (key: string, text: string, sign: string) => ledgerKey.verify(key, text, sign) }
  const verifier = ledgerVerifier(tools, { kept: null, pinKey: true })
  for await (const line of ledgerLines(ctx, workspaceId, true)) verifier.read(line)
  const report = verifier.finish()
  return 'unreadable' in report ? null : report
}

async function keep(ctx: Context, tx: Move, { found, findings, events, last }: Report): Promise<void> {
  await tx.appendEvent({
    subject: 'ledger_check',
    subjectVersion: await tx.nextSubjectVersion('ledger_check'),
    type: 'ledger_checked',
    body: { by: 'gate', found, events, head: last?.head ?? null },
  })
  const [first] = findings
  if (!first) return
  await tellPeople(ctx, tx, 'ledger_changed', `${found}: ${findingWords(first)}`, {
    title: 'The record of actions is not what was written',
    lines: [
      ...findings.slice(0, MOST_TOLD).map(findingWords),
      ...(found > MOST_TOLD ? [`${found - MOST_TOLD} more were found.`] : []),
      'Until that is cleared up no level is raised. An owner can check it with “tenure ledger verify”.',
    ],
  })
}
