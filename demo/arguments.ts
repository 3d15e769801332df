import { parseArgs } from 'node:util'

export type Arguments = {
  /** The demo presses the buttons itself. */
  readonly auto: boolean
  /** Real milliseconds of one pause. */
  readonly paceMs: number
}

export const USAGE = `npm run demo [-- --auto] [-- --auto --pace 600]

  --auto       press the buttons in the Slack stand-in too; otherwise you do
  --pace MS    real milliseconds of one pause (600); the clock of the story moves by minutes
  --help       this text

It needs a development gate (npm start). Where none answers it starts one of its own and stops it at the end.
Environment: TENURE_URL, TENURE_DATA_DIR, TENURE_ADMIN_TOKEN, TENURE_AGENT_KEY.`

/** What was asked for; `help`; or what is wrong with it. */
export function readArguments(argv: readonly string[]): Arguments | 'help' | { readonly problem: string } {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: { auto: { type: 'boolean' }, pace: { type: 'string' }, help: { type: 'boolean' } },
    })
    if (values.help === true) return 'help'
    const paceMs = Number(values.pace ?? 600)
    if (!Number.isInteger(paceMs) || paceMs < 0 || paceMs > 60_000)
      return { problem: '--pace is a number of milliseconds, 0 to 60000' }
    return { auto: values.auto === true, paceMs }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : 'these options are unknown' }
  }
}
