import { type Command, Option } from 'commander'
import { z } from 'zod'
import { ROLES } from '../../domain/people.ts'
import { err, ok } from '../../domain/result.ts'
import { LimitOptions, limitsBody, saidLimits, UP_TO_IS_WHOLE, withLimitOptions } from '../limit-options.ts'
import { plain, type Run } from '../shown.ts'

const Options = z.object({ role: z.enum(ROLES), slackUser: z.string().optional(), ...LimitOptions })
const Added = z.object({
  member: z.looseObject({ id: z.string(), name: z.string(), role: z.string() }),
  token: z.string(),
})

/** tenure member add NAME EMAIL --role ROLE [--categories …] [--channels …] [--up-to N] [--no-limits] */
export function addMemberCommand(member: Command, run: Run): void {
  const add = member
    .command('add <name> <email>')
    .description('add a person')
    .addOption(new Option('--role <role>', 'what the person may do').choices(ROLES).makeOptionMandatory())
    .option('--slack-user <id>', 'the Slack user id, where it is known')
  withLimitOptions(add).action((name: string, email: string, options: unknown, command: Command) =>
    run(command, async (gate) => {
      const parsed = Options.safeParse(saidLimits(options))
      if (!parsed.success) return err(UP_TO_IS_WHOLE)
      const { role, slackUser, ...limits } = parsed.data
      const slack = slackUser === undefined ? {} : { slack_user_id: slackUser }
      const body = { name, email, role, ...slack, ...limitsBody(limits) }
      const added = await gate.call({ method: 'POST', path: '/v1/members', body, answer: Added })
      if (!added.ok) return added
      const { member: person, token } = added.value
      const text = `Added ${plain(person.name)} (${person.id}) as ${person.role}.\nThe token, shown only now: ${token}`
      return ok({ text, json: added.value })
    }),
  )
}
