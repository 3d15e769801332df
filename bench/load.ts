// The load of every program, and the platform that its effects reach: one process, whose CPU is counted to nobody.
import { randomUUID } from 'node:crypto'
import { Pool } from 'undici'
import { percentile } from './measure.ts'
import { startPlatform } from './platform.ts'
import type { AloneRun, Asked, JobRun, Keys, ProposeRun, Told, TwiceRun } from './load-client.ts'

const platform = await startPlatform()
let nextContact = Date.now() * 1000
const pools = new Map<string, Pool>()

function poolOf(url: string): Pool {
  const pool = pools.get(url) ?? new Pool(url, { connections: 64, pipelining: 1 })
  pools.set(url, pool)
  return pool
}

type Posted = { readonly status: number; readonly body: { readonly id?: string; readonly payload_hash?: string } }

async function post(url: string, path: string, token: string, body: unknown, key?: string): Promise<Posted> {
  const { statusCode, body: answer } = await poolOf(url).request({
    method: 'POST',
    path,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    body: JSON.stringify(body),
    bodyTimeout: 20_000,
    headersTimeout: 20_000,
  })
  const text = await answer.text()
  return { status: statusCode, body: text.startsWith('{') ? JSON.parse(text) : {} }
}

const REASON =
  'The practice called this patient twice about the overdue check-up and reached the family at the new number. ' +
  'Keeping the record right lets the reminder of next week reach them, and spares the team a third call.'

/** About 1 KB, like a real one: an update of a contact with its reason and where it came from. */
function proposal(contact: string) {
  return {
    kind: 'hubspot.contact.update',
    input: {
      contactId: contact,
      phone: '+1 555 0142',
      firstName: 'Alex',
      properties: { recall_due: '2026-04-01', city: 'Springfield', preferred_time: 'Tuesday morning' },
    },
    reason: REASON,
    requested_by: { member: 'front desk', words: 'Please put in the new number of the family that moved' },
    evidence: [
      { label: 'Call log of the practice', url: 'https://example.com/calls/2026-11-20/4711' },
      { label: 'Recall list', url: 'https://example.com/recalls/november' },
    ],
    confidence: 0.93,
    fingerprint: { model: 'a-model-2026-10', prompt: 'recall-agent-v14', template: 'contact-update-v3' },
  }
}

const contactOf = (): string => String((nextContact += 1))

async function propose(url: string, keys: Keys, n: number) {
  const key = keys[n % keys.length]
  if (!key) throw new Error('no keys')
  const contact = contactOf()
  const posted = await post(url, '/v1/actions', key.agent, proposal(contact), randomUUID())
  return { ...posted, contact, key }
}

async function approve(url: string, proposed: Awaited<ReturnType<typeof propose>>): Promise<number> {
  const { id = '', payload_hash } = proposed.body
  const body = { decision: 'approve', payload_hash }
  return (await post(url, `/v1/actions/${id}/decisions`, proposed.key.owner, body)).status
}

/** A closed loop: as many at once as asked for, each starting the next when it has its answer. */
async function loop(atOnce: number, ms: number, most: number, work: () => Promise<boolean>) {
  const latencies: number[] = []
  let failed = 0
  let started = 0
  const start = performance.now()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (performance.now() - start < ms && started < most) {
        started += 1
        const before = performance.now()
        if (await work()) latencies.push(performance.now() - before)
        else failed += 1
      }
    }),
  )
  return { latencies, failed, seconds: (performance.now() - start) / 1000 }
}

let turn = 0

async function runPropose({ url, keys, atOnce, ms, most }: ProposeRun): Promise<Told> {
  const { latencies, failed, seconds } = await loop(atOnce, ms, most, async () => {
    const { status } = await propose(url, keys, (turn += 1))
    return status === 202
  })
  return summary(latencies, failed, seconds)
}

function summary(latencies: readonly number[], failed: number, seconds: number): Told {
  return {
    done: latencies.length,
    failed,
    seconds,
    rate: latencies.length / seconds,
    p50: percentile(latencies, 50),
    p95: percentile(latencies, 95),
  }
}

/** Proposes and clicks without a pause; the clock stops when the last effect came. Latencies: from click to effect. */
async function runJob({ url, keys, atOnce, ms, most }: JobRun): Promise<Told> {
  const effects: Promise<number>[] = []
  const start = performance.now()
  let last = start
  const { failed } = await loop(atOnce, ms, most, async () => {
    const proposed = await propose(url, keys, (turn += 1))
    if (proposed.status !== 202) return false
    const effect = platform.effect(proposed.contact)
    const clicked = performance.now()
    const status = await approve(url, proposed)
    if (status !== 200) return false
    effects.push(
      effect.then((at) => {
        last = Math.max(last, at)
        return at - clicked
      }),
    )
    return true
  })
  const latencies = (await Promise.all(effects.map((effect) => within(effect, 30_000)))).filter((ms) => ms !== null)
  const lost = effects.length - latencies.length
  return summary(latencies, failed + lost, (last - start) / 1000)
}

/** One at a time, each waiting for its effect before the next. */
async function runClicks({ url, keys, ms, most }: AloneRun): Promise<Told> {
  const clicks: number[] = []
  const { failed, seconds } = await loop(1, ms, most, async () => {
    const proposed = await propose(url, keys, (turn += 1))
    const effect = platform.effect(proposed.contact)
    const clicked = performance.now()
    const status = await approve(url, proposed)
    const at = await within(effect, 20_000)
    if (status !== 200 || at === null) return false
    clicks.push(at - clicked)
    return true
  })
  return summary(clicks, failed, seconds)
}

/** The same approval pressed twice at once; the most effects that one of them had. */
async function runTwice({ url, keys, times, waitMs }: TwiceRun): Promise<Told> {
  const contacts: string[] = []
  for (let n = 0; n < times; n += 1) {
    const proposed = await propose(url, keys, (turn += 1))
    contacts.push(proposed.contact)
    const effect = platform.effect(proposed.contact)
    await Promise.all([approve(url, proposed), approve(url, proposed)])
    await within(effect, 20_000)
  }
  await new Promise((resolve) => setTimeout(resolve, waitMs))
  const effects = contacts.map((contact) => platform.effects(contact))
  return { ...summary(effects, 0, 1), most: Math.max(...effects), least: Math.min(...effects) }
}

/** The newest page of a workspace's actions, one request at a time. */
async function runList({ url, keys, ms, most }: AloneRun): Promise<Told> {
  const { latencies, failed, seconds } = await loop(1, ms, most, async () => {
    const { statusCode, body } = await poolOf(url).request({
      method: 'GET',
      path: '/v1/actions?limit=50',
      headers: { authorization: `Bearer ${keys[0]?.owner}` },
    })
    await body.arrayBuffer()
    return statusCode === 200
  })
  return summary(latencies, failed, seconds)
}

function within<T>(promise: Promise<T>, ms: number): Promise<T | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), ms)
    void promise.then((value) => {
      clearTimeout(timer)
      resolve(value)
    })
  })
}

function run(asked: Asked): Promise<Told> {
  switch (asked.run) {
    case 'propose':
      return runPropose(asked)
    case 'job':
      return runJob(asked)
    case 'clicks':
      return runClicks(asked)
    case 'list':
      return runList(asked)
    case 'twice':
      return runTwice(asked)
  }
}

process.on('message', (message: { readonly id: number; readonly asked: Asked }) => {
  void run(message.asked).then(
    (told) => process.send?.({ id: message.id, told }),
    (error: unknown) => process.send?.({ id: message.id, error: String(error) }),
  )
})
process.on('disconnect', () => process.exit(0))
process.send?.({ platform: platform.url })
