import { type Command, Option } from 'commander'
import { z } from 'zod'
import { ROLES } from '../../domain/people.ts'
import { err, ok } from '../../domain/result.ts'
import { each } from '../key-scope.ts'
import { plain, type Run } from '../shown.ts'

const Options = z.object({
  role: z.enum(ROLES).optional(),
  categories: z.array(z.string()).optional(),
  channels: z.array(z.string()).optional(),
  upTo: z.coerce.number().int().min(0).optional(),
  limits: z.literal(false).optional(),
  disable: z.boolean().optional(),
  enable: z.boolean().optional(),
})
const Changed = z.looseObject({
  id: z.string(),
  name: z.string(),
  role: z.string(),
  disabled_at: z.string().nullable(),
})

/** tenure member change ID [--role …] [--categories …] [--channels …] [--up-to N] [--no-limits] [--disable | --enable] */
export function changeMemberCommand(member: Command, run: Run): void {
  member
    .command('change <id>')
    .description('what a person may do; new limits take the place of the old ones')
    .addOption(new Option('--role <role>', 'an owner changes roles').choices(ROLES))
    .option('--categories <categories...>', 'only these may they approve')
    .option('--channels <channels...>', 'only what goes out there may they approve')
    .option('--up-to <amount>', 'the most that one approval may cost, in minor units (cents)')
    .option('--no-limits', 'whatever the role may')
    .addOption(new Option('--disable', 'they left').conflicts('enable'))
    .addOption(new Option('--enable', 'they are back'))
    .action((id: string, options: unknown, command: Command) =>
      run(command, async (gate) => {
        // The option that takes limits away is there as `true` where it was not said.
        const given = z.looseObject({ limits: z.boolean().optional() }).parse(options)
        const parsed = Options.safeParse({ ...given, limits: given.limits === false ? false : undefined })
        if (!parsed.success) return err({ kind: 'usage', says: '--up-to takes a whole number.' })
        const path = `/v1/members/${encodeURIComponent(id)}`
        const changed = await gate.call({ method: 'PATCH', path, body: bodyOf(parsed.data), answer: Changed })
        if (!changed.ok) return changed
        const { name, role, disabled_at: left } = changed.value
        return ok({
          text: `${plain(name)} (${changed.value.id}): ${left === null ? role : 'left'}.`,
          json: changed.value,
        })
      }),
    )
}

function bodyOf({ role, categories, channels, upTo, limits, disable, enable }: z.infer<typeof Options>) {
  const some = {
    ...(categories ? { categories: each(categories) } : {}),
    ...(channels ? { channels: each(channels) } : {}),
    ...(upTo === undefined ? {} : { amount_minor: upTo }),
  }
  return {
    ...(role === undefined ? {} : { role }),
    ...(limits === false ? { limits: null } : Object.keys(some).length > 0 ? { limits: some } : {}),
    ...(disable ? { disabled: true } : enable ? { disabled: false } : {}),
  }
}
