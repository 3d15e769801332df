import type { ExceptionId } from '../../core/domain/ids.ts'
import {
  asked,
  BASE_POLICY,
  create,
  ends,
  grant,
  HOUR,
  later,
  MINUTE,
  ok,
  createdOnce,
  dueNow,
  scheduled,
  type Stage,
  type Target,
  undoAgain,
  undoFailed,
  update,
  type Verb,
  waiting,
  resumeAll,
} from './crash-steps.ts'

/** What changes what may move, and what a person says of what could not be settled. */
export const CONFIGURING: readonly Verb[] = [
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
