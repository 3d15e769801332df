import { parseArgs } from 'node:util'

/** Every program of the comparison, in the order of the table. */
export const PROGRAMS = [
  'floor',
  'gate',
  'graphile-worker',
  'graphile-worker-ledger',
  'pg-boss',
  'restate',
  'dbos',
  'langgraph',
] as const
export type ProgramName = (typeof PROGRAMS)[number]

/** The parts of a run; `million` takes long and runs only when it is named, or with `--long`. */
export const PARTS = [
  'propose',
  'job',
  'clicks',
  'counts',
  'twice',
  'hot',
  'cards',
  'pending',
  'growth',
  'million',
] as const
export type Part = (typeof PARTS)[number]

export const DISKS = ['2ms', 'ordinary'] as const
export type Disk = (typeof DISKS)[number]

export type Arguments = {
  readonly only: readonly ProgramName[]
  readonly parts: readonly Part[]
  readonly disks: readonly Disk[]
  readonly rounds: number
  /** How long one program is under load at a time. */
  readonly seconds: number
  readonly json: string
  readonly url: string | null
  readonly readme: boolean
}

export const USAGE = `npm run bench -- [options]

  --quick            two short rounds of everything: to see that it works, not to judge by
  --long             also a million actions (several minutes)
  --only A,B         programs: ${PROGRAMS.join(', ')}
  --parts A,B        parts: ${PARTS.join(', ')}
  --disk A           2ms (the judged one) or ordinary; default: both
  --rounds N         interleaved rounds (4)
  --seconds N        seconds of load in one slot of a round (2)
  --json FILE        where the numbers go (bench/results.json)
  --url URL          a Postgres of your own, as a superuser; default: one from npm, started for this
  --readme           also print the comparison as Markdown
  --help             this text`

type Problem = { readonly problem: string }

/** What was asked for; `help`; or what is wrong with it. */
export function readArguments(argv: readonly string[]): Arguments | 'help' | Problem {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        quick: { type: 'boolean', default: false },
        long: { type: 'boolean', default: false },
        only: { type: 'string' },
        parts: { type: 'string' },
        disk: { type: 'string' },
        rounds: { type: 'string' },
        seconds: { type: 'string' },
        json: { type: 'string', default: 'bench/results.json' },
        url: { type: 'string' },
        readme: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    })
    if (values.help) return 'help'
    const usual = PARTS.filter((part) => part !== 'million' || values.long)
    return {
      only: listOf('--only', values.only, PROGRAMS) ?? PROGRAMS,
      parts: listOf('--parts', values.parts, PARTS) ?? usual,
      disks: listOf('--disk', values.disk, DISKS) ?? DISKS,
      rounds: numberOf('--rounds', values.rounds, values.quick ? 2 : 4),
      seconds: numberOf('--seconds', values.seconds, values.quick ? 1 : 2),
      json: values.json,
      url: values.url ?? null,
      readme: values.readme,
    }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : 'these options are unknown' }
  }
}

function listOf<T extends string>(name: string, text: string | undefined, known: readonly T[]): readonly T[] | null {
  if (text === undefined) return null
  const named = text.split(',').map((part) => part.trim())
  const unknown = named.find((part) => !known.some((one) => one === part))
  if (unknown !== undefined) throw new Error(`${name}: ${unknown} is none of ${known.join(', ')}`)
  return known.filter((one) => named.includes(one))
}

function numberOf(name: string, text: string | undefined, usual: number): number {
  if (text === undefined) return usual
  const number = Number(text)
  if (!(number > 0 && number <= 600)) throw new Error(`${name} is a number above 0, at most 600`)
  return number
}
