import type { Command } from 'commander'
import { z } from 'zod'
import { err, ok, type Result } from '../../../domain/result.ts'
import { backtestWords, BacktestResult } from '../../backtest-words.ts'
import type { Failure } from '../../failure.ts'
import type { GateClient } from '../../gate-client.ts'
import { readSource } from '../../policy-answers.ts'
import type { ProgramDeps } from '../../program-deps.ts'
import type { Run } from '../../shown.ts'

const Options = z.object({ days: z.string(), level: z.array(z.string()).optional() })
const Line = z.discriminatedUnion('line', [
  z.object({ line: z.literal('progress'), done: z.number(), of: z.number() }),
  BacktestResult.extend({ line: z.literal('result') }),
])

/** tenure policy backtest [FILE] [--days 90] [--level email_campaign=3 …] */
export function backtestPolicyCommand(policy: Command, run: Run, deps: ProgramDeps): void {
  policy
    .command('backtest')
    .description('what a file, or other levels, would have done to the last days')
    .argument('[file]', 'YAML or JSON; without one, the policy in force')
    .option('--days <days>', 'how far back, at most 365', '90')
    .option('--level <place...>', 'instead of the levels of then, like email_campaign=3')
    .action((file: string | undefined, given: unknown, command: Command) =>
      run(command, async (gate) => {
        const { days, level = [] } = Options.parse(given)
        if (!/^\d{1,4}$/.test(days)) return err({ kind: 'usage', says: '--days is a number of days.' })
        const levels = level.map((one) => /^([a-z_.]+)=([1-5])$/.exec(one))
        if (levels.some((one) => one === null))
          return err({ kind: 'usage', says: '--level takes levels like email_campaign=3.' })
        const source = file === undefined ? ok(null) : await readSource(deps, file)
        if (!source.ok) return source
        const body = {
          ...(source.value === null ? {} : { source: source.value }),
          days: Number(days),
          ...(levels.length === 0
            ? {}
            : { levels: Object.fromEntries(levels.map((one) => [one?.[1], Number(one?.[2])])) }),
        }
        const result = await lastLine(gate, body, deps.err)
        return result.ok ? ok({ text: backtestWords(result.value), json: result.value }) : result
      }),
    )
}

/** The result; how far it is goes to the side, a tenth at a time. */
async function lastLine(
  gate: GateClient,
  body: Readonly<Record<string, unknown>>,
  tell: (text: string) => void,
): Promise<Result<BacktestResult, Failure>> {
  const lines = await gate.lines('/v1/policies/backtest', body)
  if (!lines.ok) return lines
  let told = 0
  try {
    for await (const text of lines.value) {
      const { line: _line, ...rest } = Line.parse(JSON.parse(text))
      if ('says' in rest) return ok(rest)
      const tenth = rest.of === 0 ? 0 : Math.floor((10 * rest.done) / rest.of)
      if (tenth > told) tell(`${rest.done} of ${rest.of}\n`)
      told = Math.max(told, tenth)
    }
  } catch {
    // A line that is none of ours, or an answer that broke off: both are told the same.
  }
  return err({ kind: 'failed', says: 'The replay broke off before its end. Try it again, with fewer days.' })
}
