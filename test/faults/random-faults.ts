import { createKinds } from '../../connectors/registry.ts'
import type { ActionId, ConnectionId } from '../../core/domain/ids.ts'
import { type Database, openServer } from '../../core/postgres/database.ts'
import { brokenInvariants } from '../support/invariants.ts'
import { CREDENTIALS } from '../support/platforms.ts'
import { createRandom, seedFrom } from '../support/random.ts'
import { createWorld, value, type World } from '../support/world.ts'
import { createFaultPlan, freeAddress, RATES, type Rates } from './fault-plan.ts'
import { createLogIndex, type Judged, judgeJob } from './judge-jobs.ts'
import { createPeople, type Process, release, runToRest } from './run-to-rest.ts'
import { type Job, JOB_KINDS, jobOf, prepareJobs } from './workload.ts'

export type RandomFaults = {
  readonly seed: number
  readonly actions: number
  readonly rates?: Rates
  /** The share of what was done that somebody undoes. */
  readonly undoShare?: number
}

export type FaultReport = {
  readonly seed: number
  readonly actions: number
  /** What went wrong how often. */
  readonly faults: Readonly<Record<string, number>>
  readonly endings: Readonly<Record<string, number>>
  /** What the stand-ins did, told or not. */
  readonly effects: number
  readonly violations: readonly string[]
}

/** A real timeout: long enough that only what is slow on purpose runs into it. */
const TIMEOUT_MS = 1000
/** Each connection has a rate of its own. */
const CONNECTIONS = 6

/**
 * Many actions of every kind by two processes on one database, against stand-ins that fail as the seed says; then some
 * of what was done is undone. Compares what the gate says of each with what the stand-ins did.
 */
export async function runRandomFaults(
  database: Database & { readonly url: string },
  { seed, actions, rates = RATES, undoShare = 0.15 }: RandomFaults,
): Promise<FaultReport> {
  const plan = createFaultPlan(seed, rates)
  const world = await createWorld(database, {
    kinds: createKinds(),
    monotonicMs: () => 0,
    isGuarded: false,
    timeoutMs: TIMEOUT_MS,
    fetch: plan.refusing(await freeAddress()),
  })
  const connections = openServer(database.url, { max: 10 })
  const second = await world.beside(connections)
  try {
    const processes: readonly Process[] = [world, second]
    const jobs = await proposeAll(world, processes, seed, actions)
    for (const { script } of [world.hubspot, world.mailchimp])
      script.choose((method, path, body) => plan.choose(method, path, body))
    const people = createPeople(world, CREDENTIALS)
    await runToRest(world, processes, people)
    await undoSome(world, processes, jobs, createRandom(seedFrom(seed, 'undo')), undoShare)
    await runToRest(world, processes, people)
    return await reportOn(world, jobs, seed, plan.injected)
  } finally {
    for (const { script } of [world.hubspot, world.mailchimp]) script.clear()
    await release(world)
    await second.close()
    await connections.close()
    await world.close()
  }
}

type Proposed = { readonly job: Job; readonly id: ActionId }

async function proposeAll(
  world: World,
  processes: readonly Process[],
  seed: number,
  actions: number,
): Promise<readonly Proposed[]> {
  const random = createRandom(seed)
  const inAnHour = new Date(world.now().getTime() + 3_600_000)
  const jobs = Array.from({ length: actions }, (_, index) => jobOf(random.pick(JOB_KINDS), index, inAnHour))
  prepareJobs({ hubspot: world.hubspot.state, mailchimp: world.mailchimp.state }, jobs)
  const named = await addConnections(world)
  const proposed: Proposed[] = []
  for (const job of jobs) {
    const gate = processes[job.index % processes.length]?.gate ?? world.gate
    const proposal = {
      kind: job.kind,
      input: job.input,
      connection: random.pick(named[job.platform]),
      reason: 'Recall season',
    }
    const { action } = value(await gate.proposeAction(world.agent, proposal, world.once(`job-${job.index}`)))
    proposed.push({ job, id: action.id })
    // The agent's own limit is ten a second.
    world.pass(100)
  }
  await world.settled()
  return proposed
}

async function addConnections(world: World): Promise<Readonly<Record<Job['platform'], readonly ConnectionId[]>>> {
  const found: Record<Job['platform'], ConnectionId[]> = { hubspot: [], mailchimp: [] }
  for (const { id, platform } of value(await world.gate.listConnections(world.owner)))
    found[platform === 'hubspot' ? 'hubspot' : 'mailchimp'].push(id)
  for (let number = 2; number <= CONNECTIONS; number += 1) {
    for (const platform of ['hubspot', 'mailchimp'] as const) {
      const connection = { platform, name: `${platform} ${number}`, credentials: CREDENTIALS[platform] ?? '' }
      found[platform].push(value(await world.gate.addConnection(world.owner, connection)).id)
    }
  }
  return found
}

async function undoSome(
  world: World,
  processes: readonly Process[],
  jobs: readonly Proposed[],
  random: ReturnType<typeof createRandom>,
  share: number,
): Promise<void> {
  for (const { id, job } of jobs) {
    const { gate } = processes[job.index % processes.length] ?? world
    if (!random.chance(share)) continue
    const action = await world.get(id)
    if (action.state !== 'executed' || action.undo.class === 'none') continue
    // A refusal leaves it as it is, and is judged like that.
    await gate.undoAction(world.owner, id, { despiteChanges: false })
  }
  await world.settled()
}

async function reportOn(
  world: World,
  jobs: readonly Proposed[],
  seed: number,
  faults: Readonly<Record<string, number>>,
): Promise<FaultReport> {
  const states = { hubspot: world.hubspot.state, mailchimp: world.mailchimp.state }
  const index = createLogIndex([world.hubspot.script.log, world.mailchimp.script.log])
  const judged: Judged[] = []
  for (const { job, id } of jobs) judged.push(judgeJob(job, await world.get(id), states, index.asked(job)))
  const endings: Record<string, number> = {}
  for (const { ending } of judged) endings[ending] = (endings[ending] ?? 0) + 1
  return {
    seed,
    actions: jobs.length,
    faults,
    endings,
    effects: judged.reduce((sum, { effects }) => sum + effects, 0),
    violations: [
      ...judged.flatMap(({ violations }) => violations),
      ...(await brokenInvariants(world.database, world.now())),
    ],
  }
}
