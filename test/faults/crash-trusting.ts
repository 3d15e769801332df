import {
  create,
  ends,
  executed,
  first,
  grant,
  later,
  ok,
  type Target,
  update,
  type Verb,
  waiting,
} from './crash-steps.ts'

const question = { about: 'people', says: 'Is it the right one?' } as const

/** What people say of what ran, and of levels. */
export const TRUSTING: readonly Verb[] = [
  {
    name: 'take a level back',
    prepare: async (stage) => {
      await grant(stage, 'crm_update.small', 4)
      return await waiting(update, later)(stage)
    },
    run: async ({ gate, owner, sweep }) => {
      const back = ok(await gate.reclaimLevel(owner, { what: 'crm_update' }, null))
      await sweep(50)
      return back
    },
    repeatMayMeet: ['not_found'],
    ...ends(['awaiting_approval']),
  },
  {
    name: 'say what was wrong with what was undone',
    prepare: async (stage) => {
      await grant(stage, 'crm_update.small', 4)
      const target = await waiting(update)(stage)
      ok(await stage.gate.undoAction(stage.owner, first(target), { despiteChanges: false }))
      return target
    },
    run: async ({ gate, owner }, target) =>
      ok(await gate.undoAction(owner, first(target), { despiteChanges: false, cause: 'tone' })),
    ...ends(['undone']),
    afterwards: (stage) => grant(stage, 'crm_update.small', 2),
  },
  {
    name: 'say that it was right to ask',
    prepare: async (stage): Promise<Target> => {
      const target = await waiting(create, () => ({ question }))(stage)
      await stage.approve(await stage.get(first(target)))
      return target
    },
    run: async ({ gate, owner }, target) => {
      const payloadHash = target.payloadHash ?? ''
      return ok(await gate.decideAction(owner, { actionId: first(target), decision: 'right_to_ask', payloadHash }))
    },
    ...ends(['executed']),
  },
  {
    name: 'say what it came to',
    prepare: executed(create),
    run: async ({ gate, owner }, target) =>
      ok(await gate.recordOutcomes(owner, first(target), [{ metric: 'replies', value: 1 }])),
    ...ends(['executed']),
  },
]
