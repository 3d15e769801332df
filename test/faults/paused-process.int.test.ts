import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ActionId } from '../../core/domain/ids.ts'
import type { Database } from '../../core/postgres/database.ts'
import { buildCrashEntry, createCrashProcesses, type CrashProcesses, type Sent } from '../support/crash-processes.ts'
import { serverDatabase } from '../support/databases.ts'
import { brokenInvariants } from '../support/invariants.ts'
import { value } from '../support/world.ts'
import { type CrashStage, errandOn, openStage, stageFor } from './crash-scenarios.ts'
import { type Target, type Verb } from './crash-steps.ts'
import { VERBS } from './crash-verbs.ts'

const SECOND = 1000
const WAIT = { timeout: 60_000, interval: 20 }

let database: Database & { readonly url: string }
let processes: CrashProcesses
let stage: CrashStage
beforeAll(async () => {
  await buildCrashEntry()
  database = await serverDatabase()
  processes = createCrashProcesses(1)
})
beforeEach(async () => {
  stage = await openStage(database)
})
afterEach(async () => {
  const [broken] = await brokenInvariants(database, stage.world.now())
  await stage.world.close()
  if (broken !== undefined) throw new Error(broken)
})
afterAll(async () => {
  processes.close()
  await database.close()
})

function verbNamed(name: string): Verb {
  const verb = VERBS.find((one) => one.name === name)
  if (!verb) throw new Error(`There is no verb ${name}`)
  return verb
}

const isWrite = (method: string, path: string): boolean => method !== 'GET' && !/search|batch\/read/.test(path)
const writes = (): number => stage.world.hubspot.script.log.filter(({ method, path }) => isWrite(method, path)).length

/** Begins a verb in a process that stops while the platform holds its answer back. */
async function stopDuringCall(name: string): Promise<{ readonly sent: Sent; readonly target: Target }> {
  const verb = verbNamed(name)
  const target = await verb.prepare(stageFor(stage, 1))
  const before = writes()
  stage.world.hubspot.script.queue({ match: isWrite, fault: 'slow' })
  const sent = processes.send(errandOn(stage, database.url, verb, target))
  await expect.poll(writes, WAIT).toBe(before + 1)
  sent.signal('SIGSTOP')
  return { sent, target }
}

/** Lets it go on and come to its end. */
async function wake(sent: Sent): Promise<void> {
  sent.signal('SIGCONT')
  expect(await sent.ended).toMatchObject({ error: null, signal: null })
}

async function later(ms: number): Promise<void> {
  stage.world.pass(ms)
  await stage.world.sweep()
}

async function theAction(): Promise<ActionId> {
  const [row] = await database.query('select id from actions', [])
  // safe: an id of ours
  return row?.['id'] as ActionId
}

const openSources = async (): Promise<readonly string[]> =>
  value(await stage.world.gate.listExceptions(stage.world.owner)).map(({ source }) => source)

describe('a process that stands still during its call, past its lease', () => {
  const CREATED = 'contact.create crash-1@example.com'

  it('what was found meanwhile is not called a double when the answer is heard', async () => {
    const { sent, target } = await stopDuringCall('approve and execute what must not be repeated')
    const { world } = stage
    world.hubspot.script.release()
    await expect.poll(() => world.hubspot.script.effects[CREATED], WAIT).toBe(1)
    await later(30 * SECOND)
    expect((await world.get(await theAction())).state).toBe('unknown')
    await later(30 * SECOND)
    expect((await world.get(await theAction())).state).toBe('executed')
    await wake(sent)
    expect(await openSources()).toEqual([])
    expect((await world.get(target.actionIds[0] ?? (await theAction()))).state).toBe('executed')
    expect(writes()).toBe(1)
  })

  it('an answer that is heard while it is not known settles it', async () => {
    const { sent } = await stopDuringCall('approve and execute what must not be repeated')
    const { world } = stage
    await later(30 * SECOND)
    expect((await world.get(await theAction())).state).toBe('unknown')
    world.hubspot.script.release()
    await wake(sent)
    expect(await world.get(await theAction())).toMatchObject({ state: 'executed', exception: null })
    expect(writes()).toBe(1)
  })

  it('an answer that is heard while a person is asked settles it and closes the question', async () => {
    const { sent } = await stopDuringCall('approve and execute what no look-up can find')
    const { world } = stage
    for (const _step of ['lease', 'look', 'look']) await later(30 * SECOND)
    expect(await openSources()).toEqual(['unknown_outcome'])
    world.hubspot.script.release()
    await wake(sent)
    expect((await world.get(await theAction())).state).toBe('executed')
    expect(await openSources()).toEqual([])
    expect(world.hubspot.script.effects).toEqual({ 'notes.create 102': 1 })
  })

  it('what was proved absent and sent again is not made twice, whatever the first request still does', async () => {
    const { sent } = await stopDuringCall('approve and execute what must not be repeated')
    const { world } = stage
    for (const _step of ['lease', 'look', 'look']) await later(30 * SECOND)
    expect((await world.get(await theAction())).state).toBe('executed')
    world.hubspot.script.release()
    await wake(sent)
    expect(world.hubspot.script.effects).toEqual({ [CREATED]: 1 })
    expect((await world.get(await theAction())).state).toBe('executed')
  })

  it('what may be repeated was, and the first answer raises a possible double', async () => {
    const { sent } = await stopDuringCall('propose what runs alone')
    const { world } = stage
    await later(30 * SECOND)
    await later(SECOND)
    expect((await world.get(await theAction())).state).toBe('executed')
    world.hubspot.script.release()
    await wake(sent)
    expect(await openSources()).toEqual(['possible_double'])
    expect(await database.query('select attempt, state from executions order by 1', [])).toEqual([
      { attempt: 1, state: 'done' },
      { attempt: 2, state: 'done' },
    ])
  })

  it('an undo that was found meanwhile stays one', async () => {
    const { sent } = await stopDuringCall('undo')
    const { world } = stage
    world.hubspot.script.release()
    await expect.poll(() => Object.keys(world.hubspot.script.effects), WAIT).toHaveLength(2)
    await later(30 * SECOND)
    await later(30 * SECOND)
    expect((await world.get(await theAction())).state).toBe('undone')
    await wake(sent)
    expect((await world.get(await theAction())).state).toBe('undone')
    expect(writes()).toBe(2)
    expect(await openSources()).toEqual([])
  })
})

describe('a process that stands still between its claim and its call', () => {
  async function stopAfterClaim() {
    const verb = verbNamed('approve and execute what must not be repeated')
    const target = await verb.prepare(stageFor(stage, 1))
    // The decision, the claim.
    const point = { name: 'store.commit', nth: 2, side: 'after' } as const
    const sent = processes.send({ ...errandOn(stage, database.url, verb, target), point, pauses: true })
    await sent.paused
    const stoppedAt = performance.now()
    expect((await stage.world.get(await theAction())).state).toBe('executing')
    const overASecond = async (): Promise<void> => {
      await expect.poll(() => performance.now() - stoppedAt, WAIT).toBeGreaterThan(1100)
    }
    return { sent, overASecond }
  }

  it('gives the claim back when it wakes within its lease, and it goes out once', async () => {
    const { sent, overASecond } = await stopAfterClaim()
    await overASecond()
    await wake(sent)
    expect((await stage.world.get(await theAction())).state).toBe('ready')
    expect(writes()).toBe(0)
    await later(SECOND)
    expect((await stage.world.get(await theAction())).state).toBe('executed')
    expect(writes()).toBe(1)
  })

  it('sends nothing when its lease lapsed meanwhile and another process sent it', async () => {
    const { sent, overASecond } = await stopAfterClaim()
    for (const _step of ['lease', 'look', 'look']) await later(30 * SECOND)
    expect((await stage.world.get(await theAction())).state).toBe('executed')
    await overASecond()
    await wake(sent)
    expect((await stage.world.get(await theAction())).state).toBe('executed')
    expect(writes()).toBe(1)
    expect(await openSources()).toEqual([])
  })
})
