import type { Command } from 'commander'
import { z } from 'zod'
import { ok } from '../../domain/result.ts'
import { gateCells, TrustGate } from '../trust-gate-words.ts'
import { plain, type Run, table } from '../shown.ts'

const Explained = z.looseObject({
  says: z.string(),
  contributions: z.array(z.looseObject({ points: z.number(), most: z.number(), says: z.string() })),
  head_start: z.looseObject({ from: z.string(), score: z.number() }).nullable(),
  penalty: z.looseObject({ points: z.number(), cycles_left: z.number() }),
  counterfactuals: z.array(z.looseObject({ says: z.string() })),
  influential: z.array(z.looseObject({ title: z.string(), at: z.string(), says: z.string(), points: z.number() })),
  reviewers: z.array(z.looseObject({ says: z.string() })),
  cells: z.array(
    z.looseObject({
      scenario: z.string(),
      agent_id: z.string(),
      decisions: z.number(),
      correct: z.number(),
      competence: z.number(),
      next: z.looseObject({ level: z.number(), gates: z.array(TrustGate) }).nullable(),
    }),
  ),
})
type Explained = z.infer<typeof Explained>

/** tenure trust explain */
export function explainTrustCommand(trust: Command, run: Run): void {
  trust
    .command('explain <scope>')
    .description('what a score is made of, and what would raise it')
    .action((scope: string, _options: unknown, command: Command) =>
      run(command, async (gate) => {
        const path = `/v1/trust/${encodeURIComponent(scope)}`
        const explained = await gate.call({ method: 'GET', path, answer: Explained })
        if (!explained.ok) return explained
        return ok({ text: wordsOf(explained.value), json: explained.value })
      }),
    )
}

const tenths = (points: number): string => (Math.floor(points * 10) / 10).toFixed(1)

function wordsOf(explained: Explained): string {
  const { says, contributions, penalty, counterfactuals, influential, reviewers, cells, head_start: start } = explained
  const parts = contributions.map(({ points, most, says: what }) => [tenths(points), `of ${tenths(most)}`, what])
  return [
    plain(says),
    '',
    table(['POINTS', '', 'FOR'], parts),
    ...(penalty.points > 0
      ? [`Less ${tenths(penalty.points)} after a rejection; repaid by ${penalty.cycles_left} more judged decisions.`]
      : []),
    ...(start
      ? [`Its likeness to ${plain(start.from)} makes ${start.score} of it at once; that is a start and gives no level.`]
      : []),
    '',
    ...counterfactuals.map((one) => plain(one.says)),
    ...(influential.length === 0 ? [] : ['', 'What moved it most:']),
    ...influential.map(
      ({ title, at, says: became, points }) =>
        `  ${points < 0 ? '' : '+'}${tenths(points)}  ${at.slice(0, 10)}  ${plain(title)}: ${plain(became)}`,
    ),
    ...(reviewers.length === 0 ? [] : ['', ...reviewers.map((one) => plain(one.says))]),
    ...cells.flatMap((cell) => [
      '',
      `${plain(cell.scenario)}, by ${plain(cell.agent_id)}: ${cell.decisions} judged, ${cell.correct} correct since the last serious error, approved in at least ${Math.floor(cell.competence * 100)} of 100`,
      ...(cell.next === null
        ? []
        : [
            `Before level ${cell.next.level}:`,
            ...cell.next.gates.map(gateCells).map(([holds, asked]) => `  ${holds.padEnd(7)}  ${asked}`),
          ]),
    ]),
  ].join('\n')
}
