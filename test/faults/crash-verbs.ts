import type { State } from '../../core/domain/action-states.ts'
import type { ActionId, ExceptionId, PlanId, SwitchId } from '../../core/domain/ids.ts'
import type { Actor } from '../../core/domain/people.ts'
import type { Result } from '../../core/domain/result.ts'
import type { Gate, Proposal } from '../../core/gate/gate.ts'
import type { Refusal } from '../../core/gate/refusal.ts'
import type { Swept } from '../../core/gate/sweep-due.ts'
import type { Fault } from '../../connectors/sandbox-faults.ts'
import { MAILCHIMP_SEED } from '../../connectors/mailchimp/sandbox-seed.ts'
import { value, type World } from '../support/world.ts'

const MINUTE = 60_000
const HOUR = 3_600_000

export const BASE_POLICY = {
  cost_per_person: { 'hubspot.contact.create': 100, 'hubspot.contact.update': 50 },
  budget: { day: { cap: 100_000_000 } },
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
const created = (serial: number, step = ''): string => `contact.create ${email(serial, step)}`
const create = (serial: number, step = '') => ({
  kind: 'hubspot.contact.create',
  input: { email: email(serial, step), firstName: 'New' },
})
const update = (serial: number) => ({
  kind: 'hubspot.contact.update',
  input: { contactId: '103', phone: `+1 555 ${1000 + serial}` },
})
const UPDATED = 'contact.update 103'
const NOTED = 'notes.create 102'
const send = { kind: 'mailchimp.campaign.send', input: { campaignId: MAILCHIMP_SEED.campaignId } }

const ok = <T>(result: Result<T, Refusal>): T => value(result)
const once = (serial: number) => ({ key: `crash-${serial}`, bodyDigest: `digest-${serial}` })
const first = ({ actionIds: [id] }: Target): ActionId => {
  if (!id) throw new Error('The verb has no action')
  return id
}

const proposeOf = (proposal: (serial: number, now: Date) => Pick<Proposal, 'kind' | 'input'> & Partial<Proposal>) => ({
  prepare: async ({ serial }: Stage): Promise<Target> => ({ serial, actionIds: [] }),
  run: async ({ gate, agent, now }: Doors, { serial }: Target) =>
    ok(await gate.proposeAction(agent, { reason: 'Recall season', ...proposal(serial, now()) }, once(serial))),
})

const decideOf = (decision: 'approve' | 'edit' | 'reject' | 'revise' | 'cancel') => ({
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

const waiting =
  (
    proposal: (serial: number) => Pick<Proposal, 'kind' | 'input'>,
    more: (stage: Stage) => Partial<Proposal> = () => ({}),
  ) =>
  async (stage: Stage): Promise<Target> => {
    const action = await stage.propose({ ...proposal(stage.serial), ...more(stage) })
    return { serial: stage.serial, actionIds: [action.id], payloadHash: action.payloadHash ?? '' }
  }

const later = (stage: Stage): Partial<Proposal> => ({ notBefore: new Date(stage.now().getTime() + 2 * HOUR) })

/** Approved for a slot in two hours. */
const scheduled =
  (proposal: (serial: number) => Pick<Proposal, 'kind' | 'input'>) =>
  async (stage: Stage): Promise<Target> => {
    const target = await waiting(proposal, later)(stage)
    await stage.approve(await stage.get(first(target)))
    return target
  }

const executed =
  (proposal: (serial: number) => Pick<Proposal, 'kind' | 'input'>) =>
  async (stage: Stage): Promise<Target> => {
    const target = await waiting(proposal)(stage)
    await stage.approve(await stage.get(first(target)))
    return target
  }

const nextWrite = (stage: Stage, fault: Fault): void =>
  stage.hubspot.script.queue({
    match: (method, path) => method !== 'GET' && !/search|batch\/read/.test(path),
    fault,
  })

/** Its answer was lost, and the platform has settled. */
const unknown = (fault: 'lost_before' | 'lost_after') => async (stage: Stage) => {
  const target = await waiting(create)(stage)
  nextWrite(stage, fault)
  await stage.approve(await stage.get(first(target)))
  stage.pass(MINUTE)
  return target
}

/** A process died at that point of its execution, and its lease is over. */
const abandoned =
  (proposal: (serial: number) => Pick<Proposal, 'kind' | 'input'>, side: 'before' | 'after') =>
  async (stage: Stage) => {
    const target = await scheduled(proposal)(stage)
    stage.pass(2 * HOUR)
    await stage.dieIn(({ sweep }) => sweep(50), 'kind.run', side)
    stage.pass(3 * MINUTE)
    return target
  }

const asked = async (stage: Stage): Promise<Target> => {
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

const undoFailed = async (stage: Stage): Promise<Target> => {
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

const grant = async (stage: Stage, scope: string, level: 2 | 4): Promise<void> =>
  void ok(await stage.gate.setGrant(stage.owner, scope, level, {}))

const sweepOnce = {
  run: ({ sweep }: Doors) => sweep(50),
  isRequest: false as const,
}

const undoRun = {
  run: async ({ gate, owner }: Doors, target: Target) =>
    ok(await gate.undoAction(owner, first(target), { despiteChanges: false })),
  repeatMayMeet: ['not_now', 'already_decided', 'platform_changed'] as const,
}

/** Presses undo again where the first one did not get through, as the card says. */
const undoAgain = async (stage: Stage, target: Target): Promise<void> => {
  if ((await stage.get(first(target))).state === 'executed')
    ok(await stage.gate.undoAction(stage.owner, first(target), { despiteChanges: false }))
}

const resumeAll = async (stage: Stage): Promise<void> => void ok(await stage.gate.resume(stage.owner, 'every', null))

/** A person looks into the platform and says what is there. */
const sayWhatHappened = async (stage: Stage, target: Target): Promise<void> => {
  const { exception } = await stage.get(first(target))
  if (!exception || exception.resolvedAt) return
  const { effects } = stage.hubspot.script
  const how = effects[created(target.serial)] ? 'happened' : 'did_not_happen'
  ok(await stage.gate.resolveException(stage.owner, exception.id, how))
}

const one = (effect: string): Effects => ({ [effect]: [1, 1] })
const ends = (states: readonly State[], effects: (serial: number) => Effects = () => ({})) => ({
  end: ({ serial }: Target): End => ({ states, effects: effects(serial) }),
})
const createdOnce = (serial: number): Effects => one(created(serial))
/** May be repeated: at least once, and nothing is wrong with twice. */
const updated = (): Effects => ({ [UPDATED]: [1, 4] })

/** Everything that moves an action or changes what may move, each as one request or one turn of the sweep. */
export const VERBS: readonly Verb[] = [
  { name: 'propose', ...proposeOf((serial) => create(serial)), ...ends(['awaiting_approval']) },
  {
    name: 'propose with a callback, superseding another',
    ...proposeOf((serial) => ({ ...create(serial), callbackUrl: 'https://example.com/hook' })),
    prepare: async (stage) => {
      const target = await waiting((serial) => create(serial, '-old'))(stage)
      await decideOf('revise').run(doorsOf(stage), target)
      return target
    },
    run: async ({ gate, agent }, target) =>
      ok(
        await gate.proposeAction(
          agent,
          {
            reason: 'Newer',
            ...create(target.serial),
            supersedes: first(target),
            callbackUrl: 'https://example.com/hook',
          },
          once(target.serial),
        ),
      ),
    ...ends(['superseded', 'awaiting_approval']),
  },
  { name: 'propose what is read on the platform first', ...proposeOf(() => send), ...ends(['awaiting_approval']) },
  {
    name: 'propose what runs alone',
    ...proposeOf(update),
    prepare: async (stage) => {
      await grant(stage, 'crm_update.small', 4)
      return { serial: stage.serial, actionIds: [] }
    },
    ...ends(['executed'], updated),
    afterwards: (stage) => grant(stage, 'crm_update.small', 2),
  },
  {
    name: 'propose a plan',
    prepare: async ({ serial }) => ({ serial, actionIds: [] }),
    run: async ({ gate, agent }, { serial }) =>
      ok(
        await gate.proposePlan(
          agent,
          { title: 'Two', reason: 'Both', steps: [create(serial), create(serial, '-b')] },
          once(serial),
        ),
      ),
    ...ends(['awaiting_approval']),
  },
  {
    name: 'approve a plan',
    prepare: async (stage) => {
      const { serial } = stage
      const { plan } = ok(
        await stage.gate.proposePlan(
          stage.agent,
          { title: 'Two', reason: 'Both', steps: [create(serial), create(serial, '-b')] },
          stage.once(`plan-${serial}`),
        ),
      )
      return { serial, planId: plan.id, actionIds: plan.steps.map(({ id }) => id), payloadHash: plan.payloadHash ?? '' }
    },
    run: async ({ gate, owner }, { planId, payloadHash }) => {
      if (!planId) throw new Error('The verb has no plan')
      return ok(await gate.decidePlan(owner, planId, { decision: 'approve', payloadHash: payloadHash ?? '' }))
    },
    repeatMayMeet: ['already_decided', 'not_now', 'stale_hash'],
    ...ends(['executed'], (serial) => ({ ...createdOnce(serial), ...one(created(serial, '-b')) })),
  },
  {
    name: 'approve and execute what must not be repeated',
    prepare: waiting(create),
    ...decideOf('approve'),
    ...ends(['executed'], createdOnce),
  },
  {
    name: 'approve and execute what may be repeated, in two requests',
    prepare: async (stage) => {
      // Backwards, which takes a request that clears it and one that sets it.
      const contact = stage.hubspot.state.contacts['103']
      if (contact) contact.properties['lifecyclestage'] = 'customer'
      return await waiting(() => ({ kind: 'hubspot.contact.set_stage', input: { contactId: '103', stage: 'lead' } }))(
        stage,
      )
    },
    ...decideOf('approve'),
    ...ends(['executed'], updated),
  },
  {
    name: 'approve and execute, and the answer is lost on the way',
    prepare: waiting(create),
    faults: (stage) => nextWrite(stage, 'lost_after'),
    ...decideOf('approve'),
    ...ends(['executed'], createdOnce),
  },
  {
    name: 'approve and execute what no look-up can find',
    prepare: waiting((serial) => ({
      kind: 'hubspot.note.create',
      input: { contactId: '102', body: `Note ${serial}` },
    })),
    ...decideOf('approve'),
    ...ends(['executed', 'unknown'], () => ({ [NOTED]: [0, 1] })),
    afterwards: sayWhatHappened,
  },
  {
    name: 'approve and execute a bound send',
    prepare: async (stage) => {
      // One campaign goes out once: each run sends a copy.
      const campaign = stage.mailchimp.state.campaigns[MAILCHIMP_SEED.campaignId]
      if (!campaign) throw new Error('The seed has it')
      const campaignId = `copy${stage.serial}`
      stage.mailchimp.state.campaigns[campaignId] = { ...structuredClone(campaign), id: campaignId }
      return await waiting(() => ({ ...send, input: { campaignId } }))(stage)
    },
    ...decideOf('approve'),
    ...ends(['executed'], (serial) => one(`campaign.send copy${serial}`)),
  },
  {
    name: 'give a claim back that could not be sent in time',
    prepare: waiting(create),
    isSlow: true,
    ...decideOf('approve'),
    ...ends(['executed'], createdOnce),
  },
  { name: 'edit', prepare: waiting(create), ...decideOf('edit'), ...ends(['executed'], createdOnce) },
  { name: 'reject', prepare: waiting(create), ...decideOf('reject'), ...ends(['rejected']) },
  { name: 'ask for changes', prepare: waiting(create), ...decideOf('revise'), ...ends(['changes_requested']) },
  { name: 'cancel', prepare: scheduled(create), ...decideOf('cancel'), ...ends(['cancelled']) },
  {
    name: 'snooze',
    prepare: waiting(create),
    run: async ({ gate, owner }, target) => ok(await gate.snoozeAction(owner, first(target), '1h')),
    ...ends(['awaiting_approval']),
  },
  {
    name: 'look at the platform again',
    prepare: waiting(() => send),
    run: async ({ gate, owner }, target) => ok(await gate.refreshAction(owner.workspaceId, first(target))),
    ...ends(['awaiting_approval']),
  },
  { name: 'undo before the effect', prepare: scheduled(create), ...undoRun, ...ends(['cancelled']) },
  {
    name: 'undo',
    prepare: executed(create),
    ...undoRun,
    ...ends(['undone', 'executed'], () => ({ 'contact.archive': [0, 1] })),
    afterwards: undoAgain,
    endAfterwards: () => ({ states: ['undone'], effects: { 'contact.archive': [1, 1] } }),
  },
  {
    name: 'undo, and the answer is lost on the way',
    prepare: executed(create),
    faults: (stage) => nextWrite(stage, 'lost_after'),
    ...undoRun,
    ...ends(['undone', 'executed'], () => ({ 'contact.archive': [0, 1] })),
    afterwards: undoAgain,
    endAfterwards: () => ({ states: ['undone'], effects: { 'contact.archive': [1, 1] } }),
  },
  {
    name: 'look whether an undo happened',
    prepare: async (stage) => {
      const target = await executed(create)(stage)
      await stage.dieIn((doors) => undoRun.run(doors, target), 'kind.undo.run', 'after')
      stage.pass(MINUTE)
      await stage.sweep()
      stage.pass(MINUTE)
      return target
    },
    ...sweepOnce,
    ...ends(['undone']),
  },
  { name: 'sweep: execute', prepare: dueNow(create), ...sweepOnce, ...ends(['executed'], createdOnce) },
  {
    name: 'sweep: a lease that lapsed unsent',
    prepare: abandoned(create, 'before'),
    ...sweepOnce,
    ...ends(['executed'], createdOnce),
  },
  {
    name: 'sweep: a lease that lapsed after sending',
    prepare: abandoned(create, 'after'),
    ...sweepOnce,
    ...ends(['executed']),
  },
  {
    name: 'sweep: a lease of what may be repeated',
    prepare: abandoned(update, 'after'),
    ...sweepOnce,
    ...ends(['executed'], () => ({ [UPDATED]: [1, 3] })),
  },
  { name: 'sweep: look up, and it is there', prepare: unknown('lost_after'), ...sweepOnce, ...ends(['executed']) },
  {
    name: 'sweep: look up, and it is not there',
    prepare: unknown('lost_before'),
    ...sweepOnce,
    ...ends(['executed'], createdOnce),
  },
  {
    name: 'sweep: expire',
    prepare: async (stage) => {
      const target = await waiting(create, () => ({ expiresAt: new Date(stage.now().getTime() + MINUTE) }))(stage)
      stage.pass(MINUTE)
      return target
    },
    ...sweepOnce,
    ...ends(['expired']),
  },
  {
    name: 'sweep: settle',
    prepare: async (stage) => {
      const target = await executed(create)(stage)
      stage.pass(24 * HOUR)
      return target
    },
    ...sweepOnce,
    ...ends(['settled']),
  },
  {
    name: 'lower a grant',
    prepare: async (stage) => {
      await grant(stage, 'crm_update.small', 4)
      return await waiting(update, later)(stage)
    },
    run: async ({ gate, owner, sweep }) => {
      const lowered = ok(await gate.setGrant(owner, 'crm_update.small', 2, {}))
      await sweep(50)
      return lowered
    },
    ...ends(['awaiting_approval']),
  },
  {
    name: 'a stricter policy',
    prepare: scheduled(create),
    run: async ({ gate, owner, sweep }) => {
      const set = ok(await gate.setPolicy(owner, { ...BASE_POLICY, kinds: { deny: ['hubspot.contact.create'] } }, null))
      await sweep(50)
      return set
    },
    ...ends(['awaiting_approval']),
    afterwards: async (stage) => void ok(await stage.gate.setPolicy(stage.owner, BASE_POLICY, null)),
  },
  {
    name: 'stop',
    prepare: dueNow(create),
    run: async ({ gate, owner }) => ok(await gate.stop(owner, { kind: 'workspace' }, 'Wait')),
    ...ends(['scheduled']),
    afterwards: resumeAll,
    endAfterwards: ({ serial }) => ({ states: ['executed'], effects: createdOnce(serial) }),
  },
  {
    name: 'stop the whole installation',
    prepare: dueNow(create),
    run: async ({ gate, owner }) => ok(await gate.stop(owner, { kind: 'all' }, 'Wait')),
    ...ends(['scheduled']),
    afterwards: resumeAll,
    endAfterwards: ({ serial }) => ({ states: ['executed'], effects: createdOnce(serial) }),
  },
  {
    name: 'resume',
    // Its time passed while it was stopped, so it comes back to a person.
    prepare: stopped({ kind: 'workspace' }, 2 * HOUR),
    run: async ({ gate, owner }) => ok(await gate.resume(owner, 'every', null)),
    ...ends(['awaiting_approval']),
  },
  {
    name: 'resume the whole installation',
    prepare: stopped({ kind: 'all' }, MINUTE),
    run: async ({ gate, owner }) => ok(await gate.resume(owner, 'every', null)),
    ...ends(['scheduled']),
    // Its clock is given the minute back.
    afterwards: async (stage) => stage.pass(HOUR + 30 * MINUTE),
    endAfterwards: ({ serial }) => ({ states: ['executed'], effects: createdOnce(serial) }),
  },
  {
    name: 'say that it happened',
    prepare: asked,
    run: async ({ gate, owner }, { exceptionId }) =>
      ok(await gate.resolveException(owner, idOf(exceptionId), 'happened')),
    repeatMayMeet: ['already_decided'],
    ...ends(['executed']),
  },
  {
    name: 'say that it did not happen',
    prepare: asked,
    run: async ({ gate, owner }, { exceptionId }) =>
      ok(await gate.resolveException(owner, idOf(exceptionId), 'did_not_happen')),
    repeatMayMeet: ['already_decided'],
    ...ends(['failed']),
  },
  {
    name: 'try an undo again',
    prepare: undoFailed,
    run: async ({ gate, owner }, { exceptionId }) => ok(await gate.resolveException(owner, idOf(exceptionId), 'retry')),
    repeatMayMeet: ['already_decided', 'not_now', 'platform_changed'],
    ...ends(['undone', 'executed'], () => ({ 'contact.archive': [0, 1] })),
    afterwards: undoAgain,
    endAfterwards: () => ({ states: ['undone'], effects: { 'contact.archive': [1, 1] } }),
  },
]

function dueNow(proposal: (serial: number) => Pick<Proposal, 'kind' | 'input'>) {
  return async (stage: Stage): Promise<Target> => {
    const target = await scheduled(proposal)(stage)
    stage.pass(2 * HOUR)
    return target
  }
}

function stopped(target: { readonly kind: 'workspace' | 'all' }, forMs: number) {
  return async (stage: Stage): Promise<Target> => {
    const made = await scheduled(create)(stage)
    const stop = ok(await stage.gate.stop(stage.owner, target, 'Wait'))
    stage.pass(forMs)
    return { ...made, switchId: stop.switch.id }
  }
}

function idOf(id: ExceptionId | undefined): ExceptionId {
  if (!id) throw new Error('The verb has no exception')
  return id
}
