import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Database, openServer } from '../../core/postgres/database.ts'
import { brokenInvariants } from '../support/invariants.ts'
import { startPlatforms } from '../support/platforms.ts'
import { createRandom, seedFrom } from '../support/random.ts'
import { type RunningGate, startGate } from '../support/running-gate.ts'
import { startSlackStub } from '../support/slack-stub.ts'
import { type Balancer, createBalancer, type Target } from './balancer.ts'
import { freePort } from './fault-plan.ts'
import type { LogEntry } from '../../connectors/sandbox-faults.ts'
import { createLogIndex, type Judgeable, judgeJob } from './judge-jobs.ts'
import { createLives, type Life } from './replica-lives.ts'
import { stopAndResume } from './replica-stops.ts'

export type ReplicaSchedule = {
  /** An empty database on a server. */
  readonly databaseUrl: string
  readonly seed: number
  readonly clients?: number
  /** Ends and kills of a replica, in turn; each is started again. */
  readonly restarts?: number
  readonly stops?: number
  /** At least so many actions are lived through. */
  readonly actions?: number
  /** Says how far it is. */
  readonly log?: (line: string) => void
}

export type ReplicaReport = {
  readonly seed: number
  readonly actions: number
  readonly faults: Readonly<Record<string, number>>
  readonly endings: Readonly<Record<string, number>>
  readonly requests: number
  readonly retried: number
  readonly violations: readonly string[]
}

const REPLICAS = 3
const OWNER = 'owner-token-of-the-replicas'
const AGENTS = 8
const CAP = 6_000
const PRICES = { 'hubspot.contact.create': 137, 'hubspot.contact.update': 59, 'mailchimp.member.tag': 211 }

/** Three built gates on one database behind a balancer, many clients, and replicas that come and go. */
export async function runReplicaSchedule(schedule: ReplicaSchedule): Promise<ReplicaReport> {
  const { seed, databaseUrl, clients = 64, restarts = 2, stops = 3, actions = 60, log = () => {} } = schedule
  const random = createRandom(seed)
  const platforms = await startPlatforms(() => new Date(), { isGuarded: false })
  const slack = await startSlackStub()
  const database = openServer(databaseUrl, { max: 2 })
  const replicas = await startReplicas(databaseUrl, platforms.baseUrls, slack.env)
  const balancer = createBalancer(replicas.targets, createRandom(seedFrom(seed, 'balancer')))
  const violations: string[] = []
  log('three replicas are up')
  try {
    const people = await furnish(balancer, database)
    violations.push(...(await sharedLimit(balancer, people.burst)))
    log('the limit is one')
    const startedAt = performance.now()
    const lives = createLives({ balancer, platforms, people, random: createRandom(seedFrom(seed, 'lives')) })
    const living = Array.from({ length: clients }, (_, index) => lives.client(index))
    const stopping = stopAndResume({ balancer, platforms, lives, tokens: people, random, times: stops })
    const restarted = await restartInTurn(replicas, lives, random, restarts)
    log('restarted')
    violations.push(...(await stopping))
    log('stopped and resumed')
    await lives.until(() => lives.lived() >= actions)
    lives.end()
    await Promise.all(living)
    log(`${lives.all().length} actions lived through`)
    violations.push(...(await connectionLimit(database, performance.now() - startedAt)))
    await settle(database, replicas, balancer)
    log('settled')
    const { endings, found } = await judgeAll(balancer, platforms, lives.all(), database)
    violations.push(...lives.violations, ...found, ...balancer.violations)
    // The replicas go on sweeping by a clock of their own: what is due just now is no breach.
    violations.push(...(await brokenInvariants(database, new Date(0))))
    violations.push(...(await passedCap(database)), ...replicas.complaints())
    return {
      seed,
      actions: lives.all().length,
      faults: { ...restarted, stops },
      endings,
      requests: balancer.counts.answered,
      retried: balancer.counts.retried,
      violations,
    }
  } finally {
    await replicas.close()
    await database.close()
    await platforms.stop()
    await slack.close()
  }
}

type Replicas = Awaited<ReturnType<typeof startReplicas>>

async function startReplicas(
  databaseUrl: string,
  baseUrls: Readonly<Record<string, string>>,
  slack: Readonly<Record<string, string>>,
) {
  const folder = mkdtempSync(join(tmpdir(), 'tenure-replicas-'))
  const printed: string[] = []
  const start = async (index: number, port: number): Promise<RunningGate> =>
    await startGate({
      PORT: String(port),
      DATABASE_URL: databaseUrl,
      TENURE_DATA_DIR: join(folder, String(index)),
      TENURE_SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
      TENURE_ADMIN_TOKEN: OWNER,
      TENURE_AGENT_KEY: 'agent-key-of-the-replicas',
      HUBSPOT_ACCESS_TOKEN: 'a-token',
      HUBSPOT_BASE_URL: baseUrls['hubspot'] ?? '',
      MAILCHIMP_API_KEY: 'a-key-us6',
      MAILCHIMP_BASE_URL: baseUrls['mailchimp'] ?? '',
      ...slack,
    })
  const ports = await Promise.all(Array.from({ length: REPLICAS }, freePort))
  const targets: Target[] = ports.map((port) => ({ url: `http://127.0.0.1:${port}`, state: 'up' }))
  // All at once on an empty database: one of them installs, the others find it done.
  const gates = await Promise.all(ports.map(async (port, index) => await start(index, port)))
  const gateAt = (index: number): RunningGate => {
    const gate = gates[index]
    if (!gate) throw new Error(`There is no replica ${index}`)
    return gate
  }
  return {
    targets,
    /** Ends one of them in good order or kills it, and starts it again at its address. */
    async restart(index: number, how: 'SIGTERM' | 'SIGKILL'): Promise<void> {
      const [gate, target] = [gateAt(index), targets[index]]
      if (!target) throw new Error(`There is no replica ${index}`)
      target.state = how === 'SIGTERM' ? 'leaving' : 'killed'
      const exited = new Promise((done) => gate.process.once('exit', done))
      gate.process.kill(how)
      await exited
      printed.push(gate.printed())
      gates[index] = await start(index, ports[index] ?? 0)
      target.state = 'up'
    },
    async advance(ms: number): Promise<void> {
      for (const { url } of targets) {
        const body = JSON.stringify({ advance_ms: ms })
        const headers = { 'content-type': 'application/json' }
        await (await fetch(`${url}/sandbox/clock`, { method: 'POST', headers, body })).text()
      }
    },
    /** What the processes themselves reported as an error. */
    complaints: (): readonly string[] =>
      [...printed, ...gates.map((gate) => gate.printed())]
        .flatMap((text) => text.split('\n'))
        .filter((line) => line.includes('"level":"error"')),
    async close(): Promise<void> {
      for (const gate of gates) await gate.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type People = {
  readonly owner: string
  readonly approvers: readonly [string, string]
  /** Agent keys of the clients. */
  readonly agents: readonly string[]
  /** An agent that only asks too often. */
  readonly burst: string
}

async function furnish(balancer: Balancer, database: Database): Promise<People> {
  const made = async (path: string, body: object, field: string): Promise<string> => {
    const answer = await balancer.ask({ method: 'POST', path, token: OWNER, body })
    if (answer.status !== 201) throw new Error(`${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
    return String(answer.body[field])
  }
  const document = { cost_per_person: PRICES, budget: { day: { cap: CAP } } }
  await balancer.ask({ method: 'PUT', path: '/v1/policies/current', token: OWNER, body: { document } })
  const approver = async (name: string): Promise<string> =>
    await made('/v1/members', { name, email: `${name.toLowerCase()}@example.com`, role: 'admin' }, 'token')
  const agents: string[] = []
  for (let index = 0; index < AGENTS; index += 1)
    agents.push(await made('/v1/agents', { name: `Agent ${index}` }, 'key'))
  const approvers = [await approver('First'), await approver('Second')] as const
  // As if they had taken tokens of their own: out of the owner's hands nobody decides what the owner's agents propose.
  await database.query("update members set token_hands = '{}'", [])
  return {
    owner: OWNER,
    approvers,
    agents,
    burst: await made('/v1/agents', { name: 'Burst' }, 'key'),
  }
}

/** One agent at all replicas at once has one limit: a hundred at once, and ten a second. */
async function sharedLimit(balancer: Balancer, token: string): Promise<readonly string[]> {
  const startedAt = performance.now()
  const body = {
    kind: 'hubspot.contact.update',
    input: { contactId: '101', phone: '1' },
    reason: 'Limit',
    dry_run: true,
  }
  const answers = await Promise.all(
    Array.from(
      { length: 240 },
      async (_, at) => await balancer.ask({ method: 'POST', path: '/v1/actions', token, body, key: `limit-${at}`, at }),
    ),
  )
  const allowed = answers.filter(({ status }) => status !== 429)
  const most = 100 + Math.ceil((performance.now() - startedAt) / 100) + 1
  const unsaid = answers.filter(({ status, headers }) => status === 429 && !headers.has('retry-after'))
  return [
    ...(allowed.length > most ? [`${allowed.length} of 240 proposals were let through; the limit was ${most}`] : []),
    ...(unsaid.length > 0 ? [`${unsaid.length} refusals without Retry-After`] : []),
  ]
}

/** Ten at once and five a second to each connection, whoever claims. */
async function connectionLimit(database: ReturnType<typeof openServer>, forMs: number): Promise<readonly string[]> {
  const most = 10 + Math.ceil(forMs / 200) + 1
  const rows = await database.query(
    `select a.connection_id, count(*)::int as n from executions e join actions a on a.id = e.action_id
     where e.direction = 'do' group by 1`,
    [],
  )
  return rows.flatMap((row) =>
    Number(row['n']) > most ? [`${String(row['n'])} claims on one connection; the limit was ${most}`] : [],
  )
}

async function restartInTurn(
  replicas: Replicas,
  lives: ReturnType<typeof createLives>,
  random: ReturnType<typeof createRandom>,
  times: number,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = { SIGTERM: 0, SIGKILL: 0 }
  for (let time = 0; time < times; time += 1) {
    const from = lives.moves()
    await lives.until(() => lives.moves() >= from + 12)
    const how = time % 2 === 0 ? 'SIGKILL' : 'SIGTERM'
    counts[how] = (counts[how] ?? 0) + 1
    await replicas.restart(random.below(REPLICAS), how)
  }
  return counts
}

const SETTLES_IN_TURNS = 14
const MOVING = "('proposed', 'scheduled', 'held', 'ready', 'executing', 'undoing', 'unknown')"

/** Lifts what is stopped and turns the clocks on until what a kill left behind is settled. */
async function settle(database: ReturnType<typeof openServer>, replicas: Replicas, balancer: Balancer): Promise<void> {
  await balancer.ask({ method: 'DELETE', path: '/v1/switches', token: OWNER })
  const count = async (where: string): Promise<number> => {
    const [row] = await database.query(`select count(*)::int as n from action_states where ${where}`, [])
    return Number(row?.['n'])
  }
  let aheadMs = 0
  for (let turn = 0; turn < SETTLES_IN_TURNS; turn += 1) {
    const endsAt = performance.now() + 30_000
    const due = `state in ${MOVING} and due_at <= now() + interval '${aheadMs} milliseconds'`
    while (performance.now() < endsAt && (await count(due)) > 0) await balancer.pause(100)
    if ((await count(`state in ${MOVING} and due_at is not null`)) === 0) return
    // A call that is under way takes real time: the clocks must not run past it, only past what a kill left behind.
    const callsEndAt = performance.now() + 5_000
    while (performance.now() < callsEndAt && (await count("state in ('executing', 'undoing')")) > 0)
      await balancer.pause(50)
    await replicas.advance(61_000)
    aheadMs += 61_000
  }
}

async function judgeAll(
  balancer: Balancer,
  platforms: Awaited<ReturnType<typeof startPlatforms>>,
  lives: readonly Life[],
  database: ReturnType<typeof openServer>,
) {
  const states = { hubspot: platforms.hubspot.state, mailchimp: platforms.mailchimp.state }
  const index = createLogIndex([platforms.hubspot.script.log, platforms.mailchimp.script.log])
  const endings: Record<string, number> = {}
  const found: string[] = []
  for (const { job, id, approvals } of lives) {
    if (id === null) continue
    const [row] = await database.query(APPROVED, [id])
    // More in the ledger: an answer was lost with its replica.
    if (Number(row?.['n']) < approvals)
      found.push(`${id}: ${approvals} approvals were answered, the ledger has ${String(row?.['n'])}`)
    const { body } = await balancer.ask({ path: `/v1/actions/${id}`, token: OWNER })
    // safe: the gate's own schema of an action
    const judged = judgeJob(job, body as unknown as Judgeable, states, index.asked(job))
    endings[judged.ending] = (endings[judged.ending] ?? 0) + 1
    found.push(...judged.violations)
    if (judged.violations.length > 0) found.push(await historyOf(database, id, index.asked(job)))
  }
  return { endings, found }
}

const APPROVED = "select count(*)::int as n from ledger_events where subject = $1 and type = 'approved'"

/** What is known of an action, for whoever reads of its violation. */
async function historyOf(
  database: ReturnType<typeof openServer>,
  id: string,
  asked: readonly LogEntry[],
): Promise<string> {
  const events = await database.query('select at, type, body from ledger_events where subject = $1 order by id', [id])
  const runs = await database.query('select * from executions where action_id = $1 order by attempt', [id])
  return JSON.stringify({ events, runs, asked: asked.filter(({ method }) => method !== 'GET') })
}

async function passedCap(database: ReturnType<typeof openServer>): Promise<readonly string[]> {
  const rows = await database.query('select "window", reserved + committed as used from budgets', [])
  return rows.flatMap((row) =>
    Number(row['used']) > CAP ? [`${String(row['window'])} used ${String(row['used'])} of ${CAP}`] : [],
  )
}
