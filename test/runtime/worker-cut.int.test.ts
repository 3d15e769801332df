import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildWorker } from '../support/worker-build.ts'
import { createWorkerWorld, type WorkerWorld } from '../support/worker-world.ts'

const WITHIN = { timeout: 30_000, interval: 20 }
/** More than a lease, and more than a platform takes to settle. */
const MINUTES_MS = 4 * 60_000
/** Enough for the next card in the channel. */
const PACE_MS = 3000
const ENDLESSLY = 1000

let world: WorkerWorld
beforeAll(async () => {
  world = await createWorkerWorld({ script: buildWorker('test/support/cut-worker.ts', 'dist/cut-worker') })
})
afterAll(() => world.close())

type Begun = { readonly id: string; readonly email: string; readonly before: number }
type Headers = Readonly<Record<string, string>>

/** Whether the armed request was cut off; false: it came to its own end. */
async function wasCut(): Promise<boolean> {
  let outcome = ''
  await expect
    .poll(async () => (outcome = await (await world.worker.fetch('/test/outcome')).text()), WITHIN)
    .not.toBe('running')
  return outcome === 'cut'
}

/** Every third call here; `TENURE_FAULTS=all` cuts before each. */
const STEP = process.env['TENURE_FAULTS'] === 'all' ? 1 : 3

/** Begins anew and lets `act` be cut before one call, before a later one … until it comes to its own end. */
async function cutEverywhere(
  name: string,
  begin: (email: string) => Promise<string>,
  act: (id: string, headers: Headers) => Promise<unknown>,
): Promise<readonly Begun[]> {
  const all: Begun[] = []
  for (let before = 1; before < ENDLESSLY; before += STEP) {
    const email = `${name}-${before}@example.com`
    await world.advance(PACE_MS)
    const id = await begin(email)
    all.push({ before, email, id })
    await act(id, { 'x-cut-before': String(before) })
    if (!(await wasCut())) return all
  }
  throw new Error('It never came to its own end')
}

/** Turns the clock and lets the cron have its turn, and a person press again where nothing came of it, until all are there. */
async function until(state: string, all: readonly Begun[], again: (begun: Begun, its: string) => Promise<unknown>) {
  let left = all
  for (let turn = 0; turn < 8 && left.length > 0; turn += 1) {
    await world.advance(MINUTES_MS)
    await world.worker.cron()
    const still: Begun[] = []
    for (const begun of left) {
      const its = await world.stateOf(begun.id)
      if (its === state) continue
      still.push(begun)
      await again(begun, its)
    }
    left = still
  }
  expect(left).toEqual([])
}

async function proposed(email: string): Promise<string> {
  const { id } = await world.propose(email)
  await expect.poll(() => world.button('action_approve', id), WITHIN).not.toBeNull()
  return id
}

it('shows a card, wherever the proposal is cut off', async () => {
  const again: Record<string, string> = {}
  const all = await cutEverywhere(
    'card',
    (email) => Promise.resolve(email),
    (email, headers) =>
      world.propose(email, { ...headers, 'x-cut-fine': 'yes' }).catch((error: unknown) => {
        again[email] = String(error)
      }),
  )
  expect(all.length).toBeGreaterThan(3)
  const ids = new Map<string, string>()
  // The agent asks again with the same key, as it would after any answer that it did not get.
  for (const { email } of all) ids.set(email, (await world.propose(email)).id)
  expect(new Set(ids.values()).size).toBe(all.length)
  const cardless = (): readonly string[] =>
    [...ids].filter(([, id]) => world.button('action_approve', id) === null).map(([email]) => email)
  // A channel gets three messages a turn. First of the tests here, because their cards would come before these.
  for (let turn = 0; turn < 60 && cardless().length > 0; turn += 1) {
    await world.advance(MINUTES_MS)
    await world.ageSideJobs()
    await world.worker.cron()
  }
  expect(cardless()).toEqual([])
}, 600_000)

it('carries out a press once, wherever it is cut off', async () => {
  const all = await cutEverywhere('press', proposed, (id, headers) => world.press('action_approve', id, headers))
  expect(all.length).toBeGreaterThan(3)
  await until('executed', all, async ({ id }, its) => {
    if (its === 'awaiting_approval') await world.press('action_approve', id)
  })
  expect(all.filter(({ email }) => world.made(email) !== 1)).toEqual([])
  for (const { id } of all) {
    const undone = await world.call(`/v1/actions/${id}/undo`, world.keys.owner, {})
    expect(await undone.json()).toMatchObject({ state: 'undone' })
  }
}, 600_000)

it('takes back once, wherever the undo is cut off', async () => {
  const done = async (email: string): Promise<string> => {
    const id = await proposed(email)
    await world.press('action_approve', id)
    await expect.poll(() => world.button('action_undo', id), WITHIN).not.toBeNull()
    return id
  }
  const before = world.archived().length
  const all = await cutEverywhere('undo', done, (id, headers) => world.press('action_undo', id, headers))
  expect(all.length).toBeGreaterThan(3)
  await until('undone', all, async ({ id }, its) => {
    if (its === 'executed') await world.call(`/v1/actions/${id}/undo`, world.keys.owner, {})
  })
  expect(all.filter(({ email }) => world.made(email) !== 1)).toEqual([])
  const archived = world.archived().slice(before)
  expect([archived.length, archived.filter((times) => times !== 1)]).toEqual([all.length, []])
}, 600_000)

it('is carried out by the queue where nothing else gets to it', async () => {
  await world.turn('ticker-off')
  const ready = async (): Promise<Begun> => {
    for (let before = 1; before < ENDLESSLY; before += 1) {
      const email = `queue-${before}@example.com`
      await world.advance(PACE_MS)
      const id = await proposed(email)
      await world.press('action_approve', id, { 'x-cut-before': String(before) })
      expect(await wasCut()).toBe(true)
      if ((await world.stateOf(id)) === 'ready') return { before, email, id }
    }
    throw new Error('It was never ready')
  }
  const { id, email } = await ready()
  const [home] = await world.database.query('select workspace_id from workspaces', [])
  const message = { work: 'execute', workspaceId: home?.['workspace_id'], actionId: id }
  expect(await world.worker.queue(message)).toMatchObject({ outcome: 'ok' })
  await expect.poll(() => world.stateOf(id), WITHIN).toBe('executed')
  expect(world.made(email)).toBe(1)
  expect(await world.worker.queue(message)).toMatchObject({ outcome: 'ok' })
  expect(world.made(email)).toBe(1)
  await world.turn('ticker-on')
}, 600_000)

it('goes on when the one who asked is gone', async () => {
  const id = await proposed('gone@example.com')
  await world.press('action_approve', id)
  await expect.poll(() => world.stateOf(id), WITHIN).toBe('executed')
  const { script } = world.platforms.hubspot
  const asked = (): boolean => script.log.some(({ method, status }) => method === 'DELETE' && status === null)
  script.queue({ match: (method) => method === 'DELETE', fault: 'slow' })
  const gone = new AbortController()
  const undoing = world.call(`/v1/actions/${id}/undo`, world.keys.owner, {}, {}, gone.signal)
  await expect.poll(asked, WITHIN).toBe(true)
  gone.abort()
  await expect(undoing).rejects.toThrow('abort')
  script.release()
  await expect.poll(() => world.stateOf(id), WITHIN).toBe('undone')
})

it('is not ready while something answers from a cache', async () => {
  expect((await world.worker.fetch('/readyz')).status).toBe(200)
  await world.turn('cache-on')
  const stale = await world.worker.fetch('/readyz')
  expect([stale.status, ((await stale.json()) as { failing: string[] }).failing]).toEqual([503, ['hyperdrive_cache']])
  await world.turn('cache-off')
})
