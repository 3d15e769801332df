import type { Command } from 'commander'
import { findingWords } from '../../domain/ledger-findings.ts'
import { readLedgerLine } from '../../domain/ledger-lines.ts'
import { err, ok, type Result } from '../../domain/result.ts'
import { type Adopted, type KeptHead, ledgerVerifier, type Report } from '../../domain/verify-ledger.ts'
import { connect } from '../connect.ts'
import { EXIT, type Failure, failureWords } from '../failure.ts'
import { digest, readKeptHead } from '../kept-head.ts'
import type { ProgramDeps } from '../program-deps.ts'
import { plain, type RunAlone, type Shown } from '../shown.ts'

type Options = {
  readonly head?: string
  readonly export?: string
  readonly url?: string
  readonly token?: string
}

const MOST_SHOWN = 50

/** tenure ledger verify [--head FILE_OR_HEX] [--export FILE] */
export function verifyLedgerCommand(ledger: Command, runAlone: RunAlone, deps: ProgramDeps): void {
  ledger
    .command('verify')
    .description('recomputes the whole ledger here; exit codes: 0 intact, 1 tampering found, 2 cannot check')
    .option('--head <file or hex>', 'a head that was kept from earlier')
    .option('--export <file>', 'check an exported file instead of the running gate')
    .action((_options: unknown, command: Command) =>
      runAlone(command, async () => {
        const checked = await check(deps, command.optsWithGlobals<Options>())
        // Whatever the reason: 1 is for tampering alone.
        return checked.ok ? checked : err({ kind: 'cannot_check', says: failureWords(checked.error) })
      }),
    )
}

async function check(deps: ProgramDeps, options: Options): Promise<Result<Shown, Failure>> {
  const kept = options.head === undefined ? null : await readKeptHead(deps, options.head, 'file_or_hex')
  if (kept && !kept.ok) return kept
  const lines = await open(deps, options)
  if (!lines.ok) return lines
  return await verified(deps, lines.value, kept?.value ?? null, options.export === undefined)
}

async function open(deps: ProgramDeps, options: Options): Promise<Result<AsyncIterable<string>, Failure>> {
  if (options.export !== undefined) {
    const lines = deps.readLines(options.export)
    return lines ? ok(lines) : err({ kind: 'cannot_check', says: `There is no file ${options.export}.` })
  }
  const gate = await connect(deps, options)
  return gate.ok ? await gate.value.lines('/v1/ledger/export?details=true') : gate
}

async function verified(
  deps: ProgramDeps,
  lines: AsyncIterable<string>,
  kept: KeptHead | null,
  pinKey: boolean,
): Promise<Result<Shown, Failure>> {
  const verifier = ledgerVerifier({ digest, verify: deps.verifySignature }, { kept, pinKey })
  try {
    for await (const text of lines) {
      const line = text.trim() === '' ? null : readLedgerLine(text)
      if (line) verifier.read(line)
      else if (text.trim() !== '') return err({ kind: 'cannot_check', says: 'It is not an exported ledger.' })
    }
  } catch {
    return err({ kind: 'cannot_check', says: 'It could not be read to its end.' })
  }
  const report = verifier.finish()
  if ('unreadable' in report) return err({ kind: 'cannot_check', says: report.unreadable })
  return ok({ text: words(report), json: report, exitCode: report.found === 0 ? EXIT.done : EXIT.failed })
}

function words(report: Report): string {
  const { seals, events, last, unsealed, keys, erased, kept } = report
  const lines = [
    report.found === 0 ? 'The ledger is intact.' : `Tampering was found: ${report.found}.`,
    ...report.findings.slice(0, MOST_SHOWN).map((finding) => `  ${plain(findingWords(finding))}`),
    ...(report.found > MOST_SHOWN ? [`  … and ${report.found - MOST_SHOWN} more.`] : []),
    `${seals} sealed batches with ${events} events${last ? `; head of batch ${last.batch}: ${last.head}` : ''}.`,
    `Signed by ${keys.length === 0 ? 'nobody yet' : keys.join(', ')}.`,
    unsealed.events === 0
      ? 'Everything is sealed.'
      : `${unsealed.events} events are not sealed yet, the oldest of ${unsealed.oldestAt}: a whole subject among them could be removed unnoticed.`,
    ...(erased ? [`${erased} details that people wrote were erased.`] : []),
    ...report.adoptions.map(adoptionWords),
    ...(kept === 'found' ? ['The head that was kept is in the chain.'] : []),
    ...(kept === 'declared_lost' ? ['The head that was kept belongs to what an adoption declares lost.'] : []),
    ...(kept === null ? ['No head was given: a past that was cut off or signed anew would not show (--head).'] : []),
  ]
  return lines.join('\n')
}

function adoptionWords({ batch, at, adoption, after }: Adopted): string {
  const lost =
    adoption.lost === null
      ? 'nothing sealed is known to be lost'
      : `batches ${after + 1} to ${adoption.lost.batch} are lost`
  return `Batch ${batch}: adopted on ${at} by ${plain(adoption.by)}; ${lost}.`
}
