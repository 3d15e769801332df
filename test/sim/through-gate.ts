import type { DecisionEvent } from '../../core/domain/trust/decision-event.ts'
import type { ActionView } from '../../core/gate/views.ts'
import { value, type World } from '../support/world.ts'
import { drawDecision } from './drawn-decision.ts'
import { type CountedDecision, expectCell, type ExpectedCell } from './expected-cell.ts'
import { assertSame, gateOutcome } from './gate-outcome.ts'
import type { SampledAgent } from './sampled-agents.ts'
import { createTally, type SampledHistory, type SampledTally } from './sampled-history.ts'

export type ThroughGate = SampledHistory & {
  /** How often level 3 was proposed, and how often a person granted it. */
  readonly proposals: number
  readonly grants: number
  /** How often gate and core were compared, and how far they were apart at the most. */
  readonly compared: number
  readonly apart: number
}

const KIND = 'hubspot.note.create'
const AS_PROPOSED = 'Prefers mornings to afternoons and asks for a short call'
/** One word of ten: D = 0.10, as the generator's edits. */
const AS_EDITED = 'Prefers evenings to afternoons and asks for a short call'

const HALF_A_DAY = 12 * 3_600_000
const TO_MIDNIGHT = 7 * 3_600_000
const COMPARED_EACH = 25
const CONTACTS = 25

/**
 * One history through the real gate: every action is proposed by the agent, decided by a person where the gate asks,
 * carried out on the stand-in platform, and settled by the sweep; two a day. Where the gate proposes level 3, a person
 * grants it at once, and from then on what runs alone is seen and undone as it was drawn. Throws where the gate does
 * anything else than the core, fed with the same outcomes, says it has to.
 */
export async function throughGate(world: World, agent: SampledAgent, seed: number): Promise<ThroughGate> {
  const tally = createTally(agent)
  const core = expectCell()
  const counted = (all: readonly CountedDecision[]): void =>
    all.forEach(({ n, isJudged, isDemoted }) => tally.counted(n, isJudged, isDemoted))
  const settle = async (): Promise<void> => {
    counted(core.passTo(world.now().getTime()))
    await world.sweep()
  }
  let [grants, compared, most] = [0, 0, 0]
  const compare = async (): Promise<void> => {
    compared += 1
    most = Math.max(most, assertSame(await gateOutcome(world), core.outcome(world.now().getTime())))
  }

  // Both decisions of a day on the same day of the score.
  world.pass(TO_MIDNIGHT)
  for (let n = 1; n <= agent.decisions; n += 1) {
    await settle()
    if (await grantProposed(world, core, tally)) {
      tally.given(n - 1)
      grants += 1
      await compare()
    }
    const { event, isBad } = drawDecision(seed, agent.acceptability, n, core.level)
    const action = await proposeOne(world, n, core)
    const isAlone = core.level >= 3
    const ranAtLevel = isAlone ? core.level : null
    tally.proposed(n, isAlone, isBad, core.level)
    await actOut(world, action, event)
    counted(core.done(n, event, ranAtLevel, world.now().getTime()))
    if (n % COMPARED_EACH === 0) await compare()
    world.pass(HALF_A_DAY)
  }
  await settle()
  world.pass(HALF_A_DAY)
  await settle()
  await compare()
  const { corrected } = value(await world.gate.rebuildTrust(world.admin))
  if (corrected > 0) throw new Error(`Recomputed from the ledger, ${corrected} rows were others`)
  const proposals = value(await world.gate.listPromotions(world.owner, null)).length
  return { ...tally.result(), proposals, grants, compared, apart: most }
}

async function proposeOne(world: World, n: number, core: ExpectedCell): Promise<ActionView> {
  const input = { contactId: String(101 + (n % CONTACTS)), body: AS_PROPOSED }
  let action = await world.propose({ kind: KIND, input })
  // A claim that could not be sent in time is given back, and the sweep takes it up again.
  for (let again = 0; again < 5 && action.state === 'ready'; again += 1) {
    await world.sweep()
    action = await world.get(action.id)
  }
  const state = core.level >= 3 ? 'executed' : 'awaiting_approval'
  if (action.state !== state || action.level?.inForce !== core.level)
    throw new Error(`Action ${n} is ${action.state} at level ${action.level?.inForce}, not ${state} at ${core.level}`)
  return action
}

/** Lets a person do what was drawn. */
async function actOut(world: World, action: ActionView, event: DecisionEvent): Promise<void> {
  const { gate, owner } = world
  const request = { actionId: action.id, payloadHash: action.payloadHash ?? '' }
  if (event.kind === 'rejected')
    value(await gate.decideAction(owner, { ...request, decision: 'reject', severity: event.severity ?? 'major' }))
  else if (event.kind === 'approved' && event.edit.distance > 0) {
    const input = { ...action.input, body: AS_EDITED }
    value(await gate.decideAction(owner, { ...request, decision: 'edit', input }))
  } else if (event.kind === 'approved') value(await gate.decideAction(owner, { ...request, decision: 'approve' }))
  else if (event.kind === 'seen') value(await gate.decideAction(owner, { ...request, decision: 'confirm' }))
  else if (event.kind === 'undone') value(await gate.undoAction(owner, action.id, { despiteChanges: false }))
  else if (event.kind !== 'unseen') throw new Error(`Nobody does “${event.kind}” here`)
  await world.settled()
}

/** Looks where the gate asked for a look, and lets a person grant what it proposes. True: level 3 was given. */
async function grantProposed(world: World, core: ExpectedCell, tally: SampledTally): Promise<boolean> {
  await world.sideJobs.runWaiting(async ({ queue }) => {
    if (queue === 'review') await world.reviewTrust()
    return { kind: 'done' }
  })
  const now = world.now().getTime()
  const missing = core.missing(now)
  const open = value(await world.gate.listPromotions(world.owner, 'open'))
  if (open.length !== (missing?.length === 0 ? 1 : 0))
    throw new Error(`The gate proposes ${open.length}, and in the core ${JSON.stringify(missing)} is missing`)
  if (missing !== null && core.tableGatesHold(now)) tally.heldUp(missing)
  for (const { id } of open) value(await world.gate.decidePromotion(world.owner, id, 'grant', null))
  if (open.length > 0) core.raise()
  return open.length > 0
}
