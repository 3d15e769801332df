import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ActionId } from '../../core/domain/ids.ts'
import { value, type World } from '../support/world.ts'

/** A process over the world's database: the world itself, or one beside it. */
export type Process = Pick<World, 'gate' | 'sweepOnce'>

const LONGEST_SLOW_MS = 12_000
const ANSWERS_WITHIN_MS = 30_000

/** Waits until the stand-ins have worked on everything that reached them, but for what is slow. */
export async function quiet(world: World): Promise<void> {
  const busy = (): number => world.hubspot.script.pending().busy + world.mailchimp.script.pending().busy
  const endsAt = performance.now() + ANSWERS_WITHIN_MS
  // A request that its caller gave up may still be on its way through the socket.
  for (let turns = 0; turns < 20 || busy() > 0; turns += 1) {
    if (performance.now() > endsAt) throw new Error('A stand-in does not come to its end')
    await nextTurn()
  }
}

const slow = (world: World): number => world.hubspot.script.pending().slow + world.mailchimp.script.pending().slow

/** Lets every slow request go on, long after its caller gave it up. */
export async function release(world: World): Promise<void> {
  world.hubspot.script.release()
  world.mailchimp.script.release()
  await quiet(world)
}

/** Sweeps by all processes at once until nothing is due. */
export async function sweepAll(world: World, processes: readonly Process[]): Promise<void> {
  for (;;) {
    await world.settled()
    const swept = await Promise.all(processes.map(async ({ sweepOnce }) => await sweepOnce(50)))
    const failed = swept.flatMap((one) => one.failed)
    if (failed[0]) throw failed[0].error
    if (swept.every(({ done }) => done === 0)) break
  }
  await world.settled()
  await quiet(world)
}

export type Rest = {
  /** Turns of the clock that it took. */
  readonly turns: number
}

/**
 * Turns the clock from one due time to the next until nothing moves by itself any more. What is slow is processed after
 * 12 s, which is after its caller gave up and before its platform has settled. `people` acts between the turns and says
 * whether it did anything.
 */
export async function runToRest(
  world: World,
  processes: readonly Process[],
  people: () => Promise<boolean> = async () => false,
  mostTurns = 2000,
): Promise<Rest> {
  let slowForMs = 0
  for (let turns = 0; turns < mostTurns; turns += 1) {
    await sweepAll(world, processes)
    const acted = await people()
    const waitMs = await nextMoveInMs(world)
    const isSlow = slow(world) > 0
    if (waitMs === null && !acted && !isSlow) return { turns }
    if (acted) continue
    const stepMs = isSlow ? Math.min(waitMs ?? LONGEST_SLOW_MS, LONGEST_SLOW_MS - slowForMs) : (waitMs ?? 0)
    world.pass(Math.max(1, stepMs))
    slowForMs = isSlow ? slowForMs + Math.max(1, stepMs) : 0
    if (slowForMs >= LONGEST_SLOW_MS) {
      await release(world)
      slowForMs = 0
    }
  }
  throw new Error(`It does not come to rest in ${mostTurns} turns`)
}

/** Until something moves by itself; null: nothing will but reminders and the end of an undo window. */
async function nextMoveInMs(world: World): Promise<number | null> {
  const [row] = await world.query(
    `select min(due_at) as at from action_states
     where state in ('proposed', 'scheduled', 'held', 'ready', 'executing', 'undoing', 'unknown')`,
  )
  const at = row?.['at']
  return at instanceof Date || typeof at === 'string' ? new Date(at).getTime() - world.now().getTime() : null
}

/** The people: whatever came back with a reason is approved again, and a lost connection is mended first. */
export function createPeople(
  world: World,
  credentials: Readonly<Record<string, string>>,
  { mostApprovals = 6, mended = async (): Promise<void> => {} } = {},
) {
  const approvals = new Map<ActionId, number>()
  return async (): Promise<boolean> => {
    for (const connection of value(await world.gate.listConnections(world.owner))) {
      if (connection.state !== 'lost') continue
      await mended()
      value(await world.gate.replaceCredentials(world.owner, connection.id, credentials[connection.platform] ?? ''))
    }
    const waiting = await world.query("select action_id from action_states where state = 'awaiting_approval'")
    let acted = false
    for (const row of waiting) {
      // safe: an id of ours
      const id = String(row['action_id']) as ActionId
      const count = approvals.get(id) ?? 0
      if (count >= mostApprovals) continue
      approvals.set(id, count + 1)
      const action = await world.get(id)
      const request = { actionId: id, decision: 'approve', payloadHash: action.payloadHash ?? '' } as const
      const answer = await world.gate.decideAction(count % 2 === 0 ? world.owner : world.approver, request)
      acted ||= answer.ok
      // As many as people press at once.
      if (approvals.size % 16 === 0) await world.settled()
    }
    return acted
  }
}
