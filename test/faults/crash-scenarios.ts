import { randomBytes } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ActionId } from '../../core/domain/ids.ts'
import type { Refusal } from '../../core/gate/refusal.ts'
import type { Store } from '../../core/ports/store.ts'
import type { Database } from '../../core/postgres/database.ts'
import type { LogEntry } from '../../connectors/sandbox-faults.ts'
import { type Point, pointText } from '../support/crash-points.ts'
import { emptyDatabase } from '../support/empty-database.ts'
import { brokenInvariants } from '../support/invariants.ts'
import { type Life, liveOn, liveUntil, type MortalOptions } from '../support/mortal-process.ts'
import type { CommitProxy } from '../support/commit-proxy.ts'
import type { Errand } from '../support/crash-entry.ts'
import type { CrashProcesses } from '../support/crash-processes.ts'
import { createWorld, RefusedError, type World } from '../support/world.ts'
import { BASE_POLICY, doorsOf, type Effects, type End, type Stage, type Target, type Verb } from './crash-steps.ts'
import { VERBS } from './crash-verbs.ts'

const MINUTE = 60_000
const HOUR = 3_600_000
const MOST_TURNS = 80

/** A process in which a verb is carried out and which may end at a point; null: it lives. */
export type Dying = (
  stage: CrashStage,
  verb: Verb,
  target: Target,
  point: Point | null,
) => Promise<Omit<Life, 'answer'>>

export type CrashStage = {
  readonly world: World
  readonly secretKey: Buffer
  /** A file with the time, for other processes. */
  readonly clock: string
  /** What a dying process is made from, at the stage's time. */
  readonly mortal: (verb?: Verb) => MortalOptions
}

/** An empty database with a workspace and stand-ins that outlive every process. */
export async function openStage(database: Database): Promise<CrashStage> {
  await emptyDatabase(database)
  const secretKey = randomBytes(32)
  const world = await createWorld(database, { policy: BASE_POLICY, secretKey })
  const { followUp: _none, ...deps } = world.context
  return {
    world,
    secretKey,
    clock: join(mkdtempSync(join(tmpdir(), 'tenure-clock-')), 'now'),
    mortal: (verb) => ({
      deps,
      baseUrls: world.platforms.baseUrls,
      now: world.now,
      owner: world.owner,
      agent: world.agent,
      ...(verb?.isSlow ? { isSlow: true } : {}),
    }),
  }
}

/** Dies in this process: the transaction rolls back, and nothing that comes after the point happens. */
export const dieHere: Dying = async (stage, verb, target, point) =>
  await liveUntil(
    stage.mortal(verb),
    (doors) => verb.run(doors, target),
    (passed) => isSame(passed, point),
  )

const isSame = (a: Point, b: Point | null): boolean =>
  b !== null && a.name === b.name && a.nth === b.nth && a.side === b.side

/**
 * One verb that dies at one point: prepared, begun, cut off, sent again by a client who had no answer, swept by a
 * process that lives until nothing is due. Returns the points that were passed and what is wrong then.
 */
export async function crashOnce(
  stage: CrashStage,
  verb: Verb,
  point: Point | null,
  serial: number,
  die: Dying = dieHere,
) {
  const { world } = stage
  const at = stageFor(stage, serial)
  const breaches: string[] = []
  const note = (found: readonly string[]): void =>
    void breaches.push(...found.map((says) => `${verb.name}, ${point ? pointText(point) : 'alive'}: ${says}`))
  // The rate tokens come back.
  world.pass(MINUTE)
  const target = await verb.prepare(at)
  const before = { requests: world.hubspot.script.log.length, sends: world.mailchimp.script.log.length }
  verb.faults?.(at)
  const life = await die(stage, verb, target, point)
  if (!life.died && point) note([`the point was not reached`])
  world.hubspot.script.clear()
  if (!life.answered && verb.isRequest !== false) note(await sendAgain(stage, verb, target))
  const actionIds = await actionsOf(world, target, serial)
  note(await settle(world))
  note(await endBreaches(world, actionIds, verb.end(target), before))
  note(await brokenInvariants(world, world.now()))
  if (verb.afterwards) {
    await verb.afterwards(at, target)
    note(await settle(world))
    if (verb.endAfterwards) note(await endBreaches(world, actionIds, verb.endAfterwards(target), before))
    note(await brokenInvariants(world, world.now()))
  }
  return { points: life.points, breaches }
}

/** The world as the verbs' preparations see it. */
export function stageFor(stage: CrashStage, serial: number): Stage {
  return {
    ...stage.world,
    serial,
    dieIn: async (work, name, side) => {
      await liveUntil(stage.mortal(), work, (passed) => passed.name === name && passed.side === side)
    },
  }
}

/** A client who had no answer asks again, at a process that lives. */
async function sendAgain({ world }: CrashStage, verb: Verb, target: Target): Promise<readonly string[]> {
  try {
    await verb.run(doorsOf(world), target)
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error
    const allowed: readonly Refusal['kind'][] = verb.repeatMayMeet ?? []
    if (!allowed.includes(error.refusal.kind)) return [`the repeat was refused: ${error.message}`]
  }
  await world.settled()
  return []
}

/** What the verb made or moved: given, or proposed by it under its own key. */
async function actionsOf(world: World, { actionIds }: Target, serial: number): Promise<readonly ActionId[]> {
  const rows = await world.query('select id from actions where idempotency_key like $1', [`crash-${serial}%`])
  // safe: ids of ours
  return [...new Set([...actionIds, ...rows.map((row) => row['id'] as ActionId)])]
}

/** Turns the clock from due time to due time and sweeps, until nothing more is due within the hour. */
async function settle(world: World): Promise<readonly string[]> {
  const until = new Date(world.now().getTime() + HOUR).toISOString()
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    await world.sweep()
    const [row] = await world.query(
      'select min(due_at) as at from action_states where due_at > $1::timestamptz and due_at <= $2::timestamptz',
      [world.now().toISOString(), until],
    )
    const at = row?.['at']
    if (!(at instanceof Date)) return []
    world.pass(at.getTime() - world.now().getTime())
  }
  return ['it does not come to rest']
}

async function endBreaches(
  world: World,
  actionIds: readonly ActionId[],
  { states, effects }: End,
  before: { readonly requests: number; readonly sends: number },
): Promise<readonly string[]> {
  const found: string[] = []
  if (actionIds.length === 0) found.push('there is no action')
  for (const id of actionIds) {
    const { state } = await world.get(id)
    if (!states.includes(state)) found.push(`${id} ends as ${state}, not as ${states.join(' or ')}`)
  }
  const seen = effectsOf([
    ...world.hubspot.script.log.slice(before.requests),
    ...world.mailchimp.script.log.slice(before.sends),
  ])
  return [...found, ...effectBreaches(seen, effects)]
}

function effectBreaches(seen: ReadonlyMap<string, number>, allowed: Effects): readonly string[] {
  return [...new Set([...seen.keys(), ...Object.keys(allowed)])].flatMap((effect) => {
    const count = seen.get(effect) ?? 0
    const [least, most] = allowed[effect] ?? [0, 0]
    return count >= least && count <= most ? [] : [`${effect} happened ${count} times, not ${least} to ${most}`]
  })
}

/** Requests that had, or would have had, an effect: also what the stand-in forgives when it comes twice. */
function effectsOf(log: readonly LogEntry[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const entry of log) {
    const effect = entry.fault === 'lost_before' || entry.fault?.startsWith('status') ? null : effectOf(entry)
    if (effect) counts.set(effect, (counts.get(effect) ?? 0) + 1)
  }
  return counts
}

function effectOf({ method, path, body }: LogEntry): string | null {
  if (method === 'POST' && path === '/crm/v3/objects/contacts') return `contact.create ${emailIn(body)}`
  if (method === 'POST' && path === '/crm/v3/objects/notes') return 'notes.create 102'
  if (method === 'PATCH') return `contact.update ${path.split('/').at(-1)}`
  if (method === 'DELETE') return 'contact.archive'
  const sent = /^\/3\.0\/campaigns\/(\w+)\/actions\/send$/.exec(path)?.[1]
  return method === 'POST' && sent ? `campaign.send ${sent}` : null
}

function emailIn(body: LogEntry['body']): string {
  const properties = typeof body === 'object' && body !== null && 'properties' in body ? body['properties'] : null
  const email = typeof properties === 'object' && properties !== null && 'email' in properties ? properties.email : null
  return typeof email === 'string' ? email : ''
}

/** What a process is told that carries out a verb on this stage, at the stage's time. */
export function errandOn({ world, secretKey, clock }: CrashStage, url: string, verb: Verb, target: Target): Errand {
  const { workspaceId, owner, agent } = world
  writeFileSync(clock, String(world.now().getTime()))
  const { baseUrls } = world.platforms
  return {
    url,
    secretKey: secretKey.toString('base64'),
    baseUrls,
    workspaceId,
    owner,
    agent,
    clock,
    verb: verb.name,
    target,
    point: null,
  }
}

/** Dies by SIGKILL in a process of its own with its own connections. */
export const dieByKill =
  (processes: CrashProcesses, url: string): Dying =>
  async (stage, verb, target, point) => {
    const ended = await processes.send({ ...errandOn(stage, url, verb, target), point }).ended
    if (ended.error !== null) throw new Error(`The process failed by itself: ${ended.error}`)
    return { points: ended.points, died: ended.signal === 'SIGKILL', answered: ended.answered }
  }

/**
 * Does not die, but loses the answer to a commit: the point is before one, and the server commits. The process goes on
 * with its other connections and reports the error.
 */
export const loseCommit =
  (proxy: CommitProxy, store: Store): Dying =>
  async (stage, verb, target, point) => {
    const options = stage.mortal(verb)
    const lostBefore = proxy.lost()
    const points: Point[] = []
    const { answered, errors } = await liveOn(
      { ...options, deps: { ...options.deps, store } },
      (doors) => verb.run(doors, target),
      (passed) => {
        points.push(passed)
        if (isSame(passed, point)) proxy.loseNextCommit()
      },
    )
    const died = proxy.lost() > lostBefore
    const strange = errors.filter((error) => !died || !isConnectionLost(error))
    if (strange.length > 0) throw strange[0]
    return { points, died, answered }
  }

function isConnectionLost(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && cause.code === 'CONNECTION_CLOSED') return true
  }
  return false
}

/** Every point of a verb, found by letting it live once. */
export async function pointsOf(stage: CrashStage, verb: Verb, serial: number) {
  return await crashOnce(stage, verb, null, serial)
}

export type CrashSchedule = {
  readonly seed: number
  readonly database: Database
  /** How each process dies; in this process where absent. */
  readonly die?: Dying
  /** Asked before each crash; false ends the schedule. */
  readonly goOn: () => boolean
}

/**
 * Crashes verbs at points chosen by a seed, each verb in turn on a stage of its own, until `goOn` says no. Returns how
 * many points there were, how many of them were tried, and what was wrong.
 */
export async function runCrashSchedule({ seed, database, die, goOn }: CrashSchedule) {
  const random = randomFrom(seed)
  const violations: string[] = []
  let points = 0
  let crashes = 0
  for (const verb of inRandomOrder(VERBS, random)) {
    if (!goOn()) break
    const stage = await openStage(database)
    const alive = await pointsOf(stage, verb, 0)
    points += alive.points.length
    violations.push(...alive.breaches)
    for (const [index, point] of inRandomOrder(alive.points, random).entries()) {
      if (!goOn()) break
      crashes += 1
      violations.push(...(await crashOnce(stage, verb, point, index + 1, die)).breaches)
    }
    await stage.world.close()
  }
  return { points, crashes, violations }
}

/** Mulberry32: the same seed gives the same order everywhere. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

function inRandomOrder<T>(items: readonly T[], random: () => number): readonly T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item)
}
