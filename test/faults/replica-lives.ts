import type { Platforms } from '../support/platforms.ts'
import type { Random } from '../support/random.ts'
import type { Asked, Balancer } from './balancer.ts'
import type { People } from './replica-schedule.ts'
import { type Job, JOB_KINDS, jobOf, prepareJobs } from './workload.ts'

/** One action as its clients know it. */
export type Life = {
  readonly job: Job
  id: string | null
  /** Approvals that were answered with 200. */
  approvals: number
}

type LivesOptions = {
  readonly balancer: Balancer
  readonly platforms: Platforms
  readonly people: People
  readonly random: Random
}

/** A campaign that is planned for another day is held that long, and nobody here waits for it. */
const KINDS = JOB_KINDS.filter((kind) => kind !== 'mailchimp.campaign.schedule')

const LOOKS = 60
const LOOK_EVERY_MS = 150
const DONE = /^(executed|failed|unknown|undone|cancelled|rejected|blocked|settled|expired)$/

/** What the clients do: each proposes, decides, looks and sometimes takes back, one action after another. */
export function createLives({ balancer, platforms, people, random }: LivesOptions) {
  const all: Life[] = []
  const violations: string[] = []
  let moves = 0
  let lived = 0
  let isOver = false
  const wrong = (life: Life, says: string): void =>
    void violations.push(`${life.job.kind} ${life.id ?? 'without an id'}: ${says}`)

  async function client(number: number): Promise<void> {
    while (!isOver) {
      const life: Life = { job: jobOf(random.pick(KINDS), all.length), id: null, approvals: 0 }
      all.push(life)
      prepareJobs({ hubspot: platforms.hubspot.state, mailchimp: platforms.mailchimp.state }, [life.job])
      await live(life, people.agents[number % people.agents.length] ?? '')
      lived += 1
    }
  }

  async function live(life: Life, token: string): Promise<void> {
    const action = await propose(life, token)
    if (!action || life.id === null) return
    const ready = await look(life, (state) => state !== 'proposed')
    if (ready?.['state'] === 'awaiting_approval') await approve(life, ready)
    const ended = await look(life, (state) => DONE.test(state))
    if (ended?.['state'] === 'executed' && random.chance(0.25)) await undo(life)
  }

  /** Often by two at once with one key, as an agent does that hears nothing. */
  async function propose(life: Life, token: string): Promise<Record<string, unknown> | null> {
    const { job } = life
    const request = {
      method: 'POST',
      path: '/v1/actions',
      token,
      key: `job-${job.index}`,
      body: { kind: job.kind, input: job.input, reason: 'Recall season' },
    } as const
    while (!isOver) {
      const first = random.below(3)
      const asked = [first, ...(random.chance(0.3) ? [first + 1] : [])]
      const answers = await Promise.all(asked.map(async (at) => await balancer.ask({ ...request, at })))
      const made = answers.filter(({ status }) => status < 300 || status === 422)
      const ids = new Set(made.map(idOf))
      if (ids.size > 1) wrong(life, `one key made ${[...ids].join(' and ')}`)
      moves += 1
      const one = made[0]
      if (one) {
        life.id = idOf(one)
        return one.status === 422 ? null : one.body
      }
      // Stopped, or too many: the same key again.
      await balancer.pause(LOOK_EVERY_MS)
    }
    return null
  }

  /** Often by two people at once at two replicas. */
  async function approve(life: Life, action: Record<string, unknown>): Promise<void> {
    const request = {
      method: 'POST',
      path: `/v1/actions/${life.id}/decisions`,
      body: { decision: 'approve', payload_hash: action['payload_hash'] },
    } as const
    const first = random.below(3)
    const tokens = random.chance(0.5) ? people.approvers : people.approvers.slice(0, 1)
    const answers = await Promise.all(
      tokens.map(async (token, index) => await balancer.ask({ ...request, token, at: first + index })),
    )
    moves += 1
    // Both stand where it came back in between; the ledger will tell.
    life.approvals += answers.filter(({ status }) => status === 200).length
    for (const { status, body } of answers)
      if (![200, 403, 409].includes(status)) wrong(life, `a decision was answered ${status} ${JSON.stringify(body)}`)
  }

  async function undo(life: Life): Promise<void> {
    const request = {
      method: 'POST',
      path: `/v1/actions/${life.id}/undo`,
      token: people.approvers[0],
      body: {},
    } as const
    const first = random.below(3)
    const asked = [first, ...(random.chance(0.4) ? [first + 1] : [])]
    const answers = await Promise.all(asked.map(async (at) => await balancer.ask({ ...request, at })))
    moves += 1
    if (answers.filter(({ status }) => status === 200).length > 1) wrong(life, 'it was undone twice')
  }

  async function look(life: Life, enough: (state: string) => boolean): Promise<Record<string, unknown> | null> {
    for (let time = 0; time < LOOKS && !isOver; time += 1) {
      const { body } = await balancer.ask({ path: `/v1/actions/${life.id}`, token: people.owner })
      if (enough(String(body['state']))) return body
      await balancer.pause(LOOK_EVERY_MS)
    }
    return null
  }

  return {
    client,
    violations,
    all: (): readonly Life[] => all,
    /** Requests that moved something. */
    moves: () => moves,
    lived: () => lived,
    end: () => void (isOver = true),
    /** Waits until so much has happened. */
    async until(enough: () => boolean, withinMs = 240_000): Promise<void> {
      const endsAt = performance.now() + withinMs
      while (!enough()) {
        if (performance.now() > endsAt) throw new Error('The clients do not get on')
        await balancer.pause(20)
      }
    },
  }
}

function idOf({ body, status }: Asked): string {
  const action = status === 422 ? body['action'] : body
  return typeof action === 'object' && action !== null && 'id' in action ? String(action.id) : ''
}
