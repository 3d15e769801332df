import { MAILCHIMP_SEED } from '../../connectors/mailchimp/sandbox-seed.ts'
import { CONFIGURING } from './crash-configuring.ts'
import { TRUSTING } from './crash-trusting.ts'
import {
  abandoned,
  create,
  created,
  createdOnce,
  decideOf,
  doorsOf,
  dueNow,
  ends,
  executed,
  first,
  grant,
  HOUR,
  MINUTE,
  nextWrite,
  NOTED,
  ok,
  once,
  one,
  proposeOf,
  sayWhatHappened,
  scheduled,
  send,
  sweepOnce,
  undoAgain,
  undoRun,
  unknown,
  update,
  UPDATED,
  updated,
  type Verb,
  waiting,
} from './crash-steps.ts'

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
  ...CONFIGURING,
  ...TRUSTING,
]
