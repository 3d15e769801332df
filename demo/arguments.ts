import { parseArgs } from 'node:util'

/** Months of simulated work instead of the story. */
export type MonthsArguments = {
  readonly months: number
  readonly presser: 'honest' | 'hasty'
  readonly seed: number
}

export type Arguments = {
  /** Null: the story of one day. */
  readonly months: MonthsArguments | null
  /** The demo presses the buttons itself. */
  readonly auto: boolean
  /** Real milliseconds of one pause. */
  readonly paceMs: number
}

export const USAGE = `npm run demo [-- --auto] [-- --auto --pace 600] [-- --months 12]

  --auto       press the buttons in the Slack stand-in too; otherwise you do
  --pace MS    real milliseconds of one pause (600); the clock of the story moves by minutes
  --months N   N months (1 to 24) of simulated work instead: what people are asked, what runs by itself, what is undone
  --presser P  with --months: honest (reads before pressing) or hasty (approves within a second)
  --seed N     with --months: another course of the same kind (7)
  --help       this text

It needs a development gate (npm start). Where none answers it starts one of its own and stops it at the end.
Environment: TENURE_URL, TENURE_DATA_DIR, TENURE_ADMIN_TOKEN, TENURE_AGENT_KEY.`

/** What was asked for; `help`; or what is wrong with it. */
export function readArguments(argv: readonly string[]): Arguments | 'help' | { readonly problem: string } {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        auto: { type: 'boolean' },
        pace: { type: 'string' },
        months: { type: 'string' },
        presser: { type: 'string' },
        seed: { type: 'string' },
        help: { type: 'boolean' },
      },
    })
    if (values.help === true) return 'help'
    const paceMs = Number(values.pace ?? 600)
    if (!Number.isInteger(paceMs) || paceMs < 0 || paceMs > 60_000)
      return { problem: '--pace is a number of milliseconds, 0 to 60000' }
    const months = readMonths(values)
    if (months !== null && 'problem' in months) return months
    return { auto: values.auto === true, paceMs, months }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : 'these options are unknown' }
  }
}

type Given = { readonly months?: string; readonly presser?: string; readonly seed?: string }

function readMonths(given: Given): MonthsArguments | null | { readonly problem: string } {
  const { presser = 'honest' } = given
  if (given.months === undefined)
    return given.presser === undefined && given.seed === undefined
      ? null
      : { problem: '--presser and --seed go with --months' }
  const [months, seed] = [Number(given.months), Number(given.seed ?? 7)]
  if (!Number.isInteger(months) || months < 1 || months > 24) return { problem: '--months is a number, 1 to 24' }
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) return { problem: '--seed is a whole number' }
  if (presser !== 'honest' && presser !== 'hasty') return { problem: '--presser is honest or hasty' }
  return { months, presser, seed }
}
