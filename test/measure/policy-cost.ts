import { parseArgs } from 'node:util'
import { PolicySchema } from '../../core/rules/policy.ts'
import { startPostgres } from '../support/postgres.ts'
import { createWorld, value, type World } from '../support/world.ts'
import { freshDatabases } from '../soak/fresh-databases.ts'

/**
 * What a proposal costs under a policy of 200 rules beside one of 5, on one server, interleaved, as ratios of medians:
 * a note in the CRM and the content of a newsletter, each of about 1 KB. `--rounds 300`.
 */
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '300' } } })
const ROUNDS = Number(values.rounds)

const few = {
  kinds: { deny: ['*.delete'] },
  channels: { allow: ['crm', 'email', 'social', 'ads', 'site'] },
  blocked_words: ['guaranteed results', 'pain-free'],
  amount: { ask_above: 5_000, cap: 50_000 },
  quiet_hours: { from: '21:00', to: '08:00' },
}

const times = <T>(count: number, make: (at: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, at) => make(at))
const categories = ['email_campaign', 'crm_update', 'social_post', 'blog_post', 'audience'] as const

/** Two hundred rules, each of which has to be looked at or ruled out; none of them has anything to say. */
const many = {
  ...few,
  blocked_words: times(40, (at) => `forbidden phrase number ${at}`),
  topics: times(30, (at) => ({ name: `Topic ${at}`, words: [`unlikelyword${at}`, `rareword${at}`] })),
  claims: times(20, (at) => ({ says: [`proven to cure ailment ${at}`] })),
  patterns: times(20, (at) => ({ name: `Pattern ${at}`, pattern: `\\bcoupon-${at}-[0-9]{4}\\b` })),
  conditions: times(40, (at) => ({
    name: `Condition ${at}`,
    if: `people > ${1_000 + at} && channel == "email"`,
    outcome: 'ask',
    says: `It reaches more than ${1_000 + at} people. To fewer it would pass.`,
  })),
  wording: { forbidden: times(10, (at) => `off-brand wording ${at}`) },
  tone: { max_exclamation_marks: 3 },
  link_domains: { deny: ['example.net'] },
  scopes: times(43, (at) => ({
    name: `Scope ${at}`,
    when: { category: categories[at % categories.length], segment: `segment ${at}` },
    amount: { ask_above: 1_000 + at },
    quiet_hours: { from: '20:00', to: '09:00' },
  })),
}

/** Each entry of a list is a rule, and each other section. */
const rulesIn = (policy: Readonly<Record<string, unknown>>): number =>
  Object.values(policy).reduce<number>((sum, value_) => sum + (isRules(value_) ? value_.length : 1), 0)
const isRules = (value_: unknown): value_ is readonly unknown[] => Array.isArray(value_) && value_.length > 2

const TEXT =
  'Spring is here, and so is our open house. Come by on Saturday, bring a friend and meet the whole team. '.repeat(10)
const proposals = (at: number) => [
  { kind: 'hubspot.note.create', input: { contactId: '101', body: `${TEXT} ${at}` } },
  { kind: 'mailchimp.campaign.set_content', input: { campaignId: 'c0ffee0001', html: `<p>${TEXT}</p><p>${at}</p>` } },
]

const say = (line: string): void => void process.stdout.write(`${line}\n`)
const median = (all: readonly number[]): number => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? NaN

async function proposeMs(world: World, proposal: ReturnType<typeof proposals>[number]): Promise<number> {
  const once = world.once()
  const started = performance.now()
  value(await world.gate.proposeAction(world.agent, { reason: 'To measure', ...proposal }, once))
  return performance.now() - started
}

const server = await startPostgres()
try {
  const database = await freshDatabases(server.url).migrated()
  const worlds = {
    few: await createWorld(database, { policy: PolicySchema.parse(few) }),
    many: await createWorld(database, { policy: PolicySchema.parse(many) }),
  }
  const took = proposals(0).map(() => ({ few: [] as number[], many: [] as number[] }))
  for (let round = -30; round < ROUNDS; round += 1) {
    for (const [index, proposal] of proposals(round).entries()) {
      // What follows a proposal would run beside the next one and be counted as that one's: each waits for it, and both go first.
      for (const name of round % 2 === 0 ? (['few', 'many'] as const) : (['many', 'few'] as const)) {
        const ms = await proposeMs(worlds[name], proposal)
        await worlds[name].settled()
        worlds[name].pass(1_000)
        // The first ones warm everything up.
        if (round >= 0) took[index]?.[name].push(ms)
      }
    }
  }
  say(
    `A proposal under ${rulesIn(few)} rules and under ${rulesIn(many)}, median of ${ROUNDS}, interleaved on one server:`,
  )
  for (const [index, { few: a, many: b }] of took.entries()) {
    const [x, y] = [median(a), median(b)]
    say(`  ${proposals(0)[index]?.kind.padEnd(32)} ${x.toFixed(2)} ms  ${y.toFixed(2)} ms  ${(y / x).toFixed(2)}`)
  }
  for (const world of Object.values(worlds)) await world.close()
  await database.close()
} finally {
  await server.stop()
}
