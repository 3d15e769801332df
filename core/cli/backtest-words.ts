import { z } from 'zod'
import { plain, table } from './shown.ts'

const Courses = z.object({ ran: z.number(), asked: z.number(), blocked: z.number(), observed: z.number() })
const Both = z.object({ did: z.number(), would: z.number() })
const Tally = z.object({
  actions: z.number(),
  did: Courses,
  would: Courses,
  review_minutes: Both,
  let_through: Both,
  held_back: Both,
})

export const BacktestResult = z.looseObject({
  says: z.string(),
  total: Tally,
  categories: z.array(Tally.extend({ category: z.string() })),
  rules: z.array(z.object({ rule: z.string(), warned: z.number(), asked: z.number(), blocked: z.number() })),
  examples: z.array(
    z.looseObject({
      title: z.string(),
      at: z.string(),
      says_did: z.string(),
      says_would: z.string(),
      because: z.string(),
    }),
  ),
  left_out: z.array(z.object({ why: z.string(), actions: z.number() })),
  assumed: z.array(z.string()),
  not_replayed: z.array(z.string()),
})
export type BacktestResult = z.infer<typeof BacktestResult>

/** A replay for people: what was and what would have been, side by side. */
export function backtestWords(result: BacktestResult): string {
  const { says, total, categories, rules, examples } = result
  const rows = [...categories.map((one) => rowOf(one.category, one)), rowOf('all', total)]
  return [
    plain(says),
    '',
    'Each number: what it was, and what it would have been.',
    table(['CATEGORY', 'PROPOSED', 'RAN', 'ASKED', 'BLOCKED', 'RECORDED', 'MINUTES OF REVIEW', 'LET THROUGH'], rows),
    ...(rules.length === 0 ? [] : ['', rulesTable(rules)]),
    ...(examples.length === 0 ? [] : ['', 'For example']),
    ...examples.flatMap((one) => [
      `  ${one.at.slice(0, 10)}  ${plain(one.title)}`,
      `    ${plain(one.says_did)} ${plain(one.says_would)}`,
      `    ${plain(one.because)}`,
    ]),
    ...listed(
      'Left out',
      result.left_out.map(({ why, actions }) => `${actions} ${why}`),
    ),
    ...listed('Assumed', result.assumed),
    ...listed('Not replayed', result.not_replayed),
  ].join('\n')
}

const rowOf = (name: string, { actions, did, would, review_minutes: minutes, let_through: through }: Row) => [
  name,
  String(actions),
  change(did.ran, would.ran),
  change(did.asked, would.asked),
  change(did.blocked, would.blocked),
  change(did.observed, would.observed),
  change(Math.round(minutes.did), Math.round(minutes.would)),
  change(through.did, through.would),
]

type Row = z.infer<typeof Tally>

const change = (was: number, is: number): string => (was === is ? String(was) : `${was} → ${is}`)

const rulesTable = (rules: BacktestResult['rules']): string =>
  table(
    ['RULE', 'WOULD HAVE BLOCKED', 'ASKED', 'WARNED'],
    rules.map(({ rule, warned, asked, blocked }) => [rule, String(blocked), String(asked), String(warned)]),
  )

export const listed = (heading: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', heading, ...lines.map((line) => `  ${plain(line)}`)]
