import type { Command } from 'commander'
import { z } from 'zod'

const Options = z.object({ email: z.array(z.string()), phone: z.array(z.string()), platform: z.array(z.string()) })

const collect = (one: string, before: readonly string[]): readonly string[] => [...before, one]

/** The options by which a command names one person. */
export const namingPerson = (command: Command): Command =>
  command
    .option('--email <address>', 'an e-mail address of theirs; may be repeated', collect, [])
    .option('--phone <number>', 'a telephone number of theirs; may be repeated', collect, [])
    .option('--platform <id>', 'a platform’s id of theirs, such as hubspot:501; may be repeated', collect, [])

/** The person, as the gate takes one. */
export function personOf(options: unknown): readonly { readonly kind: string; readonly value: string }[] {
  const { email, phone, platform } = Options.parse(options)
  const each = (kind: string, values: readonly string[]) => values.map((value) => ({ kind, value }))
  return [...each('email', email), ...each('phone', phone), ...each('platform', platform)]
}
