import type { Command } from 'commander'
import { z } from 'zod'

const Options = z.object({
  scenario: z.string().optional(),
  agent: z.string().optional(),
  reason: z.string().optional(),
})

/** Lets a command say whose levels it is about, and why. */
export const takesWhichLevels = (command: Command): Command =>
  command
    .option('--scenario <name>', 'only this scenario')
    .option('--agent <id>', 'only this agent')
    .option('--reason <words>', 'why, for the others')

/** The same as fields of a request. */
export const whichLevels = (options: unknown): z.infer<typeof Options> => Options.parse(options)
