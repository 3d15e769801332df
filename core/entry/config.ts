import { z } from 'zod'

const Url = z.url({ protocol: /^https?$/ })
const Key32 = z.base64().refine((text) => Buffer.from(text, 'base64').length === 32, 'must be 32 bytes in base64')

/** Every variable that the program reads, with the words of the published table; nothing else looks at the environment. */
export const VARIABLES = {
  PORT: {
    schema: z.coerce.number().int().min(0).max(65_535).default(8787),
    says: 'Port to listen on; 0 picks a free one',
  },
  HOST: { schema: z.string().min(1).default('127.0.0.1'), says: 'Address to listen on' },
  TENURE_PUBLIC_URL: { schema: Url.optional(), says: 'The address that others reach; default: host and port' },
  TENURE_ENV: {
    schema: z.enum(['development', 'production']).default('development'),
    says: '`development` fills what is not connected with sandboxes; `production` refuses to',
  },
  TENURE_DATA_DIR: {
    schema: z.string().min(1).default('.tenure'),
    says: 'Folder of the embedded database and of generated secrets',
  },
  TENURE_WORKSPACE_NAME: {
    schema: z.string().min(1).max(100).default('My business'),
    says: 'Name of the first workspace',
  },
  TENURE_TIME_ZONE: { schema: z.string().min(1).default('UTC'), says: 'Time zone of the first workspace (IANA)' },
  TENURE_CURRENCY: {
    schema: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .default('USD'),
    says: 'Currency of the first workspace (ISO 4217)',
  },
  TENURE_LOCALE: {
    schema: z.string().min(2).default('en-US'),
    says: 'How numbers and money are written in the first workspace',
  },
  DATABASE_URL: {
    schema: z
      .string()
      .regex(/^postgres(ql)?:\/\//)
      .optional(),
    says: 'A Postgres, 15 or newer; absent: an embedded one in the data folder',
  },
  DATABASE_DIRECT_URL: {
    schema: z
      .string()
      .regex(/^postgres(ql)?:\/\//)
      .optional(),
    says: 'The way past a pooler; default: `DATABASE_URL`',
  },
  TENURE_SECRET_KEY: {
    schema: Key32.optional(),
    says: '32 bytes in base64 that seal credentials; required in production, else generated and kept in the data folder',
    secret: true,
  },
  TENURE_LEDGER_KEY: {
    schema: Key32.optional(),
    says: '32 bytes in base64 that sign the ledger’s heads; required in production, else generated and kept in the data folder',
    secret: true,
  },
  TENURE_ADMIN_TOKEN: {
    schema: z.string().min(20).optional(),
    says: 'Bearer token of the first owner; absent: generated, kept in the data folder, printed once',
    secret: true,
  },
  TENURE_OWNER_EMAIL: {
    schema: z.email().default('owner@example.com'),
    says: 'E-mail of the first owner; also links their Slack user',
  },
  TENURE_AGENT_KEY: {
    schema: z.string().min(20).optional(),
    says: 'Key of a first agent named `default`; in development generated when absent',
    secret: true,
  },
  TENURE_PROPOSALS_PER_SECOND: {
    schema: z.coerce.number().min(0.01).max(1_000_000).default(10),
    says: 'How often one agent may propose, on average; ten seconds’ worth may come at once',
  },
  SLACK_SIGNING_SECRET: { schema: z.string().min(1).optional(), says: 'Signing secret of the Slack app', secret: true },
  SLACK_BOT_TOKEN: { schema: z.string().min(1).optional(), says: 'Bot token of the Slack app', secret: true },
  SLACK_TEAM_ID: { schema: z.string().min(1).optional(), says: 'The Slack team whose channel gets the cards' },
  SLACK_APPROVALS_CHANNEL: { schema: z.string().min(1).optional(), says: 'Channel of the cards' },
  SLACK_API_URL: { schema: Url.optional(), says: 'Overrides the address of the Slack API' },
  HUBSPOT_ACCESS_TOKEN: {
    schema: z.string().min(1).optional(),
    says: 'Access token of a HubSpot private app',
    secret: true,
  },
  HUBSPOT_CLIENT_SECRET: {
    schema: z.string().min(1).optional(),
    says: 'Client secret of that app; then only webhooks that HubSpot signed with it count',
    secret: true,
  },
  HUBSPOT_PORTAL_ID: {
    schema: z
      .string()
      .regex(/^\d{1,20}$/, 'must be the number of a HubSpot account')
      .optional(),
    says: 'Number of the HubSpot account; then only what webhooks tell of that account counts, as a public app needs',
  },
  HUBSPOT_BASE_URL: { schema: Url.optional(), says: 'Overrides the address of the HubSpot API' },
  MAILCHIMP_API_KEY: {
    schema: z
      .string()
      .regex(/-[a-z]+\d+$/, 'must end in its data centre, like -us21')
      .optional(),
    says: 'Mailchimp API key, ending in its data centre (`…-us21`)',
    secret: true,
  },
  MAILCHIMP_WEBHOOK_SECRET: {
    schema: z.string().min(1).optional(),
    says: 'Signing secret of the webhook, which Mailchimp shows once; then only what it signed with it counts',
    secret: true,
  },
  MAILCHIMP_BASE_URL: { schema: Url.optional(), says: 'Overrides the address of the Mailchimp API' },
  TENURE_JUDGE_URL: {
    schema: Url.optional(),
    says: 'Base address of an OpenAI-compatible API (`…/v1`), which then reads the texts that a policy’s `judge` is for; absent: nobody does, and a person decides',
  },
  TENURE_JUDGE_MODEL: {
    schema: z.string().min(1).max(200).optional(),
    says: 'The model that reads them; required with `TENURE_JUDGE_URL`',
  },
  TENURE_JUDGE_KEY: {
    schema: z.string().min(1).optional(),
    says: 'Bearer key of that API; absent: it is asked without one',
    secret: true,
  },
} as const satisfies Record<string, { schema: z.ZodType; says: string; secret?: boolean }>

type Values = { readonly [Name in keyof typeof VARIABLES]: z.infer<(typeof VARIABLES)[Name]['schema']> }

export type Config = Values & {
  readonly slackSandbox: boolean
  readonly sandboxes: readonly ('hubspot' | 'mailchimp')[]
}

export type ConfigProblem = { readonly name: string; readonly says: string }

/** Reads the environment once; every problem by name, or the configuration. An empty value counts as absent. */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
): { readonly config: Config } | { readonly problems: readonly ConfigProblem[] } {
  const problems: ConfigProblem[] = []
  const values: Record<string, unknown> = {}
  for (const [name, { schema }] of Object.entries(VARIABLES)) {
    const read = schema.safeParse(env[name] === '' ? undefined : env[name])
    if (read.success) values[name] = read.data
    else problems.push({ name, says: read.error.issues.map(({ message }) => message).join('; ') })
  }
  if (problems.length > 0) return { problems }
  // safe: every name of VARIABLES was parsed by its own schema
  const parsed = values as Values
  problems.push(...contradictions(parsed))
  if (problems.length > 0) return { problems }
  return { config: { ...parsed, slackSandbox: !parsed.SLACK_BOT_TOKEN, sandboxes: sandboxesFor(parsed) } }
}

/** A platform without credentials runs on its stand-in; a base address alone may point a test at its own server. */
function sandboxesFor(values: Values): Config['sandboxes'] {
  if (values.TENURE_ENV === 'production') return []
  const hubspot = !values.HUBSPOT_ACCESS_TOKEN && !values.HUBSPOT_BASE_URL
  const mailchimp = !values.MAILCHIMP_API_KEY && !values.MAILCHIMP_BASE_URL
  return [...(hubspot ? (['hubspot'] as const) : []), ...(mailchimp ? (['mailchimp'] as const) : [])]
}

const SLACK_TOGETHER = ['SLACK_SIGNING_SECRET', 'SLACK_BOT_TOKEN', 'SLACK_TEAM_ID', 'SLACK_APPROVALS_CHANNEL'] as const

function contradictions(values: Values): readonly ConfigProblem[] {
  const problems: ConfigProblem[] = []
  const given = SLACK_TOGETHER.filter((name) => values[name] !== undefined)
  if (given.length > 0) {
    for (const name of SLACK_TOGETHER)
      if (values[name] === undefined) problems.push({ name, says: `is needed together with ${given.join(', ')}` })
  }
  if ((values.TENURE_JUDGE_MODEL || values.TENURE_JUDGE_KEY) && !values.TENURE_JUDGE_URL)
    problems.push({ name: 'TENURE_JUDGE_URL', says: 'is needed together with the model and the key of the judge' })
  if (values.TENURE_JUDGE_URL && !values.TENURE_JUDGE_MODEL)
    problems.push({ name: 'TENURE_JUDGE_MODEL', says: 'is needed together with TENURE_JUDGE_URL' })
  if (!isTimeZone(values.TENURE_TIME_ZONE))
    problems.push({ name: 'TENURE_TIME_ZONE', says: 'is not a known time zone, like Europe/Berlin' })
  if (values.TENURE_ENV === 'production') {
    for (const name of [
      'DATABASE_URL',
      'TENURE_SECRET_KEY',
      'TENURE_LEDGER_KEY',
      'TENURE_ADMIN_TOKEN',
      'TENURE_PUBLIC_URL',
      'SLACK_BOT_TOKEN',
    ] as const) {
      if (values[name] === undefined && !(name === 'SLACK_BOT_TOKEN' && given.length > 0))
        problems.push({
          name,
          says: 'is required in production, where there are no sandboxes and no generated secrets',
        })
    }
  }
  return problems
}

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
