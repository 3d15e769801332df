import type { Command } from 'commander'
import { z } from 'zod'
import { each } from './key-scope.ts'

/** What a person may approve, as it is said on the command line. */
export const LimitOptions = {
  categories: z.array(z.string()).optional(),
  channels: z.array(z.string()).optional(),
  upTo: z.coerce.number().int().min(0).optional(),
  limits: z.literal(false).optional(),
}

export const withLimitOptions = (command: Command): Command =>
  command
    .option('--categories <categories...>', 'only these may they approve')
    .option('--channels <channels...>', 'only what goes out there may they approve')
    .option('--up-to <amount>', 'the most that one approval may cost, in minor units (cents)')
    .option('--no-limits', 'whatever the role may')

/** The option that takes limits away is there as `true` where it was not said. */
export const saidLimits = (options: unknown): unknown => {
  const given = z.looseObject({ limits: z.boolean().optional() }).parse(options)
  return { ...given, limits: given.limits === false ? false : undefined }
}

const Said = z.object(LimitOptions)

/** For the body of a request; absent: nothing was said. */
export function limitsBody({ categories, channels, upTo, limits }: z.infer<typeof Said>): {
  readonly limits?: Readonly<Record<string, unknown>> | null
} {
  if (limits === false) return { limits: null }
  const some = {
    ...(categories ? { categories: each(categories) } : {}),
    ...(channels ? { channels: each(channels) } : {}),
    ...(upTo === undefined ? {} : { amount_minor: upTo }),
  }
  return Object.keys(some).length > 0 ? { limits: some } : {}
}

export const UP_TO_IS_WHOLE = { kind: 'usage', says: '--up-to takes a whole number.' } as const
