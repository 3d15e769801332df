import type { Command } from 'commander'
import { z } from 'zod'
import { err, ok } from '../../../domain/result.ts'
import { backtestWords, BacktestResult } from '../../backtest-words.ts'
import { readSource } from '../../policy-answers.ts'
import type { ProgramDeps } from '../../program-deps.ts'
import { replayResult } from '../../replay-result.ts'
import type { Run } from '../../shown.ts'

const Options = z.object({ days: z.string(), level: z.array(z.string()).optional() })

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
        const result = await replayResult(
          gate,
          { path: '/v1/policies/backtest', body, answer: BacktestResult },
          deps.err,
        )
        return result.ok ? ok({ text: backtestWords(result.value), json: result.value }) : result
      }),
    )
}
