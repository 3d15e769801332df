import { type Command, Option } from 'commander'
import { z } from 'zod'
import { ROLES } from '../../domain/people.ts'
import { err, ok } from '../../domain/result.ts'
import { LimitOptions, limitsBody, saidLimits, UP_TO_IS_WHOLE, withLimitOptions } from '../limit-options.ts'
import { plain, type Run } from '../shown.ts'

const Options = z.object({
  role: z.enum(ROLES).optional(),
  ...LimitOptions,
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
  const change = member
    .command('change <id>')
    .description('what a person may do; new limits take the place of the old ones')
    .addOption(new Option('--role <role>', 'an owner changes roles').choices(ROLES))
  withLimitOptions(change)
    .addOption(new Option('--disable', 'they left').conflicts('enable'))
    .addOption(new Option('--enable', 'they are back'))
    .action((id: string, options: unknown, command: Command) =>
      run(command, async (gate) => {
        const parsed = Options.safeParse(saidLimits(options))
        if (!parsed.success) return err(UP_TO_IS_WHOLE)
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

function bodyOf({ role, disable, enable, ...limits }: z.infer<typeof Options>) {
  return {
    ...(role === undefined ? {} : { role }),
    ...limitsBody(limits),
    ...(disable ? { disabled: true } : enable ? { disabled: false } : {}),
  }
}
