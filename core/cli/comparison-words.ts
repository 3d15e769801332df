import { z } from 'zod'
import { listed } from './backtest-words.ts'
import { plain, table } from './shown.ts'

const Side = z.object({
  ran: z.number(),
  asked: z.number(),
  blocked: z.number(),
  observed: z.number(),
  review_minutes: z.number(),
  let_through: z.number(),
  held_back: z.number(),
})
const Sides = z.object({ actions: z.number(), on_trial: Side, in_force: Side })
type Sides = z.infer<typeof Sides>

export const ComparisonResult = z.looseObject({
  says: z.string(),
  concludes: z.string(),
  trial: z.looseObject({ version: z.int() }),
  in_force_version: z.int(),
  days_before: z.number(),
  total: Sides,
  since_start: Sides,
  before: Sides.nullable(),
  categories: z.array(Sides.extend({ category: z.string() })),
  examples: z.array(
    z.looseObject({
      title: z.string(),
      at: z.string(),
      says_did: z.string(),
      says_on_trial: z.string(),
      says_in_force: z.string(),
      because: z.string(),
    }),
  ),
  left_out: z.array(z.object({ why: z.string(), actions: z.number() })),
  assumed: z.array(z.string()),
  not_replayed: z.array(z.string()),
})
export type ComparisonResult = z.infer<typeof ComparisonResult>

/** Both versions for people, side by side, drawn, with examples; the last line says which is stricter. */
export function comparisonWords(result: ComparisonResult): string {
  const { says, total, since_start: sinceStart, before, categories, examples } = result
  const versions = [`ON TRIAL (VERSION ${result.trial.version})`, `IN FORCE (VERSION ${result.in_force_version})`]
  const parts: readonly (readonly [string, Sides])[] = [
    ...(before === null
      ? []
      : ([
          ['since it began', sinceStart],
          [result.days_before === 1 ? 'the day before' : `the ${result.days_before} days before`, before],
        ] as const)),
    ...(categories.length < 2 ? [] : categories.map((one) => [one.category, one] as const)),
  ]
  return [
    plain(says),
    '',
    sidesTable('', total, versions),
    ...parts.flatMap(([name, sides]) => ['', sidesTable(name.toUpperCase(), sides, versions)]),
    ...(examples.length === 0 ? [] : ['', 'For example']),
    ...examples.flatMap((one) => [
      `  ${one.at.slice(0, 10)}  ${plain(one.title)}`,
      `    On trial: ${plain(one.says_on_trial)} In force: ${plain(one.says_in_force)}`,
      `    ${plain(one.because)} What happened: ${plain(one.says_did)}`,
    ]),
    ...listed(
      'Left out',
      result.left_out.map(({ why, actions }) => `${actions} ${why}`),
    ),
    ...listed('Assumed', result.assumed),
    ...listed('Not replayed', result.not_replayed),
    '',
    plain(result.concludes),
  ].join('\n')
}

const COURSES = [
  ['ran', 'ran'],
  ['asked', 'asked'],
  ['blocked', 'blocked'],
  ['recorded', 'observed'],
] as const

function sidesTable(name: string, { actions, on_trial, in_force }: Sides, versions: readonly string[]): string {
  const both = (of: (side: z.infer<typeof Side>) => string) => [of(on_trial), of(in_force)]
  const courses = COURSES.filter(([, course]) => course !== 'observed' || on_trial.observed + in_force.observed > 0)
  return table(
    [name === '' ? 'PROPOSED' : name, String(actions), ...versions],
    [
      ...courses.map(([word, course]) => ['', word, ...both((side) => drawn(side[course], actions))]),
      ['', 'minutes of review', ...both(({ review_minutes: minutes }) => String(Math.round(minutes)))],
      ['', 'let through', ...both(({ let_through: through }) => String(through))],
      ['', 'held back', ...both(({ held_back: back }) => String(back))],
    ],
  )
}

/** What a bar of the whole is long. */
const BAR = 20

/** "██████ 12 (30 %)": what is there at all is at least one block. */
function drawn(part: number, whole: number): string {
  const share = whole === 0 ? 0 : part / whole
  const blocks = part === 0 ? 0 : Math.max(1, Math.round(share * BAR))
  return `${'█'.repeat(blocks).padEnd(BAR)} ${part} (${Math.round(100 * share)} %)`
}
