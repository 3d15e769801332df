import type { State } from '../../core/domain/action-states.ts'
import type { ActionId, ExceptionId, PlanId, SwitchId } from '../../core/domain/ids.ts'
import type { Actor } from '../../core/domain/people.ts'
import type { Result } from '../../core/domain/result.ts'
import type { Gate } from '../../core/gate/gate.ts'
import type { Proposal } from '../../core/gate/requests.ts'
import type { Refusal } from '../../core/gate/refusal.ts'
import type { Swept } from '../../core/gate/sweep-due.ts'
import type { Fault } from '../../connectors/sandbox-faults.ts'
import { MAILCHIMP_SEED } from '../../connectors/mailchimp/sandbox-seed.ts'
import { value, type World } from '../support/world.ts'

export const MINUTE = 60_000
export const HOUR = 3_600_000

export const BASE_POLICY = {
  cost_per_person: { 'hubspot.contact.create': 100, 'hubspot.contact.update': 50 },
  budget: { day: { cap: 100_000_000 } },
  benchmarks: [{ category: 'crm_update' as const, metric: 'replies', floor: 0, period: 'month' as const }],
}

/** The doors of one process, as a client sees them. */
export type Doors = {
  readonly gate: Gate
  readonly sweep: (limit: number) => Promise<Swept>
  readonly owner: Actor
  readonly agent: Actor
  readonly now: () => Date
}

/** What a verb works on; plain JSON, because it also goes to another process. */
export type Target = {
  readonly serial: number
  readonly actionIds: readonly ActionId[]
  readonly payloadHash?: string
  readonly planId?: PlanId
  readonly exceptionId?: ExceptionId
  readonly switchId?: SwitchId
}

/** Effects at the stand-in: the fewest and the most that are right. */
export type Effects = Readonly<Record<string, readonly [number, number]>>

export type End = { readonly states: readonly State[]; readonly effects: Effects }

export type Stage = World & {
  readonly serial: number
  /** Carries out the same verb in a process that dies at this point, and leaves everything as it is. */
  readonly dieIn: (work: (doors: Doors) => Promise<unknown>, name: string, side: 'before' | 'after') => Promise<void>
}

/** The doors of the process that lives. */
export const doorsOf = ({ gate, sweepOnce, owner, agent, now }: World): Doors => ({
  gate,
  sweep: sweepOnce,
  owner,
  agent,
  now,
})

export type Verb = {
  readonly name: string
  /** In a process that lives: brings the world to where the verb can be tried. */
  readonly prepare: (stage: Stage) => Promise<Target>
  /** In the process that dies. Comes back when the client has its answer; what was started in the background may go on. */
  readonly run: (doors: Doors, target: Target) => Promise<unknown>
  /** What the repeat of an unanswered request may be refused with, because the first one counted. */
  readonly repeatMayMeet?: readonly Refusal['kind'][]
  /** Whether a client sends it again at all; a sweep just comes round. */
  readonly isRequest?: false
  /** Makes the process so slow after its claim that it has to give it back. */
  readonly isSlow?: true
  readonly end: (target: Target) => End
  /** What a person does afterwards so that it can go on, and what is true then. */
  readonly afterwards?: (stage: Stage, target: Target) => Promise<void>
  readonly endAfterwards?: (target: Target) => End
  /** How many lost answers the stand-ins give while it runs. */
  readonly faults?: (stage: Stage) => void
}

const email = (serial: number, step = ''): string => `crash-${serial}${step}@example.com`
export const created = (serial: number, step = ''): string => `contact.create ${email(serial, step)}`
export const create = (serial: number, step = '') => ({
  kind: 'hubspot.contact.create',
  input: { email: email(serial, step), firstName: 'New' },
})
export const update = (serial: number) => ({
  kind: 'hubspot.contact.update',
  input: { contactId: '103', phone: `+1 555 ${1000 + serial}` },
})
export const UPDATED = 'contact.update 103'
export const NOTED = 'notes.create 102'
export const send = { kind: 'mailchimp.campaign.send', input: { campaignId: MAILCHIMP_SEED.campaignId } }

export const ok = <T>(result: Result<T, Refusal>): T => value(result)
export const once = (serial: number) => ({ key: `crash-${serial}`, bodyDigest: `digest-${serial}` })
export const first = ({ actionIds: [id] }: Target): ActionId => {
  if (!id) throw new Error('The verb has no action')
  return id
}

export const proposeOf = (
  proposal: (serial: number, now: Date) => Pick<Proposal, 'kind' | 'input'> & Partial<Proposal>,
) => ({
  prepare: async ({ serial }: Stage): Promise<Target> => ({ serial, actionIds: [] }),
  run: async ({ gate, agent, now }: Doors, { serial }: Target) =>
    ok(await gate.proposeAction(agent, { reason: 'Recall season', ...proposal(serial, now()) }, once(serial))),
})

export const decideOf = (decision: 'approve' | 'edit' | 'reject' | 'revise' | 'cancel') => ({
  run: async ({ gate, owner }: Doors, target: Target) =>
    ok(
      await gate.decideAction(owner, {
        actionId: first(target),
        decision,
        payloadHash: target.payloadHash ?? '',
        ...(decision === 'edit' ? { input: { ...create(target.serial).input, firstName: 'Edited' } } : {}),
        ...(decision === 'reject' || decision === 'revise' ? { severity: 'minor', reason: 'Another tone' } : {}),
      }),
    ),
  repeatMayMeet: ['already_decided', 'not_now', 'stale_hash'] as const,
})

export const waiting =
  (
    proposal: (serial: number) => Pick<Proposal, 'kind' | 'input'>,
    more: (stage: Stage) => Partial<Proposal> = () => ({}),
  ) =>
  async (stage: Stage): Promise<Target> => {
    const action = await stage.propose({ ...proposal(stage.serial), ...more(stage) })
    return { serial: stage.serial, actionIds: [action.id], payloadHash: action.payloadHash ?? '' }
  }

export const later = (stage: Stage): Partial<Proposal> => ({ notBefore: new Date(stage.now().getTime() + 2 * HOUR) })

/** Approved for a slot in two hours. */
export const scheduled =
  (proposal: (serial: number) => Pick<Proposal, 'kind' | 'input'>) =>
  async (stage: Stage): Promise<Target> => {
    const target = await waiting(proposal, later)(stage)
    await stage.approve(await stage.get(first(target)))
    return target
  }

export const executed =
  (proposal: (serial: number) => Pick<Proposal, 'kind' | 'input'>) =>
  async (stage: Stage): Promise<Target> => {
    const target = await waiting(proposal)(stage)
    await stage.approve(await stage.get(first(target)))
    return target
  }

export const nextWrite = (stage: Stage, fault: Fault): void =>
  stage.hubspot.script.queue({
    match: (method, path) => method !== 'GET' && !/search|batch\/read/.test(path),
    fault,
  })

/** Its answer was lost, and the platform has settled. */
export const unknown = (fault: 'lost_before' | 'lost_after') => async (stage: Stage) => {
  const target = await waiting(create)(stage)
  nextWrite(stage, fault)
  await stage.approve(await stage.get(first(target)))
  stage.pass(MINUTE)
  return target
}

/** A process died at that point of its execution, and its lease is over. */
export const abandoned =
  (proposal: (serial: number) => Pick<Proposal, 'kind' | 'input'>, side: 'before' | 'after') =>
  async (stage: Stage) => {
    const target = await scheduled(proposal)(stage)
    stage.pass(2 * HOUR)
    await stage.dieIn(({ sweep }) => sweep(50), 'kind.run', side)
    stage.pass(3 * MINUTE)
    return target
  }

export const asked = async (stage: Stage): Promise<Target> => {
  const target = await waiting(() => ({
    kind: 'hubspot.note.create',
    input: { contactId: '102', body: `Note ${stage.serial}` },
  }))(stage)
  nextWrite(stage, 'lost_before')
  await stage.approve(await stage.get(first(target)))
  for (const _look of [1, 2]) {
    stage.pass(MINUTE)
    await stage.sweep()
  }
  const { exception } = await stage.get(first(target))
  if (!exception) throw new Error('A person should be asked')
  return { ...target, exceptionId: exception.id }
}

export const undoFailed = async (stage: Stage): Promise<Target> => {
  const target = await executed(create)(stage)
  nextWrite(stage, 'lost_before')
  await stage.gate.undoAction(stage.owner, first(target), { despiteChanges: false })
  for (const _look of [1, 2]) {
    stage.pass(MINUTE)
    await stage.sweep()
  }
  const { exception } = await stage.get(first(target))
  if (!exception) throw new Error('The undo should have failed')
  return { ...target, exceptionId: exception.id }
}

export const grant = (stage: Stage, scope: string, level: 2 | 4): Promise<void> => stage.letEarn(scope, level)

export const sweepOnce = {
  run: ({ sweep }: Doors) => sweep(50),
  isRequest: false as const,
}

export const undoRun = {
  run: async ({ gate, owner }: Doors, target: Target) =>
    ok(await gate.undoAction(owner, first(target), { despiteChanges: false })),
  repeatMayMeet: ['not_now', 'already_decided', 'platform_changed'] as const,
}

/** Presses undo again where the first one did not get through, as the card says. */
export const undoAgain = async (stage: Stage, target: Target): Promise<void> => {
  if ((await stage.get(first(target))).state === 'executed')
    ok(await stage.gate.undoAction(stage.owner, first(target), { despiteChanges: false }))
}

export const resumeAll = async (stage: Stage): Promise<void> =>
  void ok(await stage.gate.resume(stage.owner, 'every', null))

/** A person looks into the platform and says what is there. */
export const sayWhatHappened = async (stage: Stage, target: Target): Promise<void> => {
  const { exception } = await stage.get(first(target))
  if (!exception || exception.resolvedAt) return
  const { effects } = stage.hubspot.script
  const how = effects[created(target.serial)] ? 'happened' : 'did_not_happen'
  ok(await stage.gate.resolveException(stage.owner, exception.id, how))
}

export const one = (effect: string): Effects => ({ [effect]: [1, 1] })
export const ends = (states: readonly State[], effects: (serial: number) => Effects = () => ({})) => ({
  end: ({ serial }: Target): End => ({ states, effects: effects(serial) }),
})
export const createdOnce = (serial: number): Effects => one(created(serial))
/** May be repeated: at least once, and nothing is wrong with twice. */
export const updated = (): Effects => ({ [UPDATED]: [1, 4] })

/** Approved, and its slot has come. */
export function dueNow(proposal: (serial: number) => Pick<Proposal, 'kind' | 'input'>) {
  return async (stage: Stage): Promise<Target> => {
    const target = await scheduled(proposal)(stage)
    stage.pass(2 * HOUR)
    return target
  }
}
