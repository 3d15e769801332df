import type { Command } from 'commander'
import { z } from 'zod'
import { CHANNELS } from '../domain/category.ts'
import { err, ok, type Result } from '../domain/result.ts'
import type { Failure } from './failure.ts'

/** Every one of a list that was given with spaces or commas. */
export const each = (some: readonly string[]): readonly string[] =>
  some.flatMap((one) => one.split(',')).filter((one) => one !== '')

const NO_LIMIT = 'none'
const Options = z.object({
  kinds: z.array(z.string()).optional(),
  channels: z.array(z.string()).optional(),
  upTo: z.union([z.literal(NO_LIMIT), z.coerce.number().int().min(0)]).optional(),
  perHour: z.union([z.literal(NO_LIMIT), z.coerce.number().int().min(1)]).optional(),
})

/** The options that say what a key is good for. */
export const takesKeyScope = (command: Command): Command =>
  command
    .option('--kinds <kinds...>', 'the action kinds it may propose (default: all)')
    .option('--channels <channels...>', `where they may go out: ${CHANNELS.join(', ')} (default: all)`)
    .option('--up-to <amount>', 'the most that one proposal may cost, in minor units (cents); none: no limit')
    .option('--per-hour <count>', 'proposals in any hour; none: no limit')

/** The same for the body of a request. */
export function keyScope(options: unknown): Result<Readonly<Record<string, unknown>>, Failure> {
  const parsed = Options.safeParse(options)
  if (!parsed.success) return err({ kind: 'usage', says: '--up-to and --per-hour take a whole number, or none.' })
  const { kinds, channels, upTo, perHour } = parsed.data
  const limit = (given: number | typeof NO_LIMIT) => (given === NO_LIMIT ? null : given)
  return ok({
    ...(kinds ? { kinds: each(kinds) } : {}),
    ...(channels ? { channels: each(channels) } : {}),
    ...(upTo === undefined ? {} : { max_amount_minor: limit(upTo) }),
    ...(perHour === undefined ? {} : { per_hour: limit(perHour) }),
  })
}
