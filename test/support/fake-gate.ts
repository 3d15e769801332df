import { ok, type Result } from '../../core/domain/result.ts'
import type { Actor } from '../../core/domain/people.ts'
import type { Gate } from '../../core/gate/gate.ts'
import type { Refusal } from '../../core/gate/refusal.ts'
import { personView } from './person-view.ts'
import { consentView, grantView, noticeView, promotionView } from './promotion-views.ts'
import { backtestLines } from './backtest-views.ts'
import { comparisonLines } from './comparison-views.ts'
import { rolloutComparison, rolloutPlan, trustDetails, trustView } from './trust-views.ts'
import {
  actionView,
  agent,
  agentView,
  budgetView,
  policyVersionView,
  trialView,
  callbackView,
  connectionView,
  delegationView,
  deliveryView,
  exceptionView,
  feedbackView,
  LATER,
  ledgerHead,
  ledgerLines,
  memberView,
  owner,
  planView,
  switchView,
} from './views.ts'

export const OWNER_TOKEN = 'owner-token'
export const AGENT_KEY = 'agent-key'

const ACTORS: Readonly<Record<string, Actor>> = { [OWNER_TOKEN]: owner, [AGENT_KEY]: agent }

export type Call = { readonly verb: keyof Gate; readonly args: readonly unknown[] }

export type FakeGate = Gate & {
  /** Every use case that was called, in order; `authenticate` is not one. */
  readonly calls: Call[]
  /** From now on every use case answers this refusal. */
  refuseWith(refusal: Refusal): void
}

/** A gate that answers a small, fixed world and remembers what it was asked. `given` replaces single verbs. */
export function fakeGate(given: Partial<Gate> = {}): FakeGate {
  const calls: Call[] = []
  let refusal: Refusal | null = null
  const answers: Gate = { ...world(), ...given }

  /** A twin of one verb that remembers the call and refuses when it was told to. */
  function remembered<V extends AnsweringVerb>(verb: V): Gate[V] {
    const twin = (...args: readonly unknown[]): Promise<Result<unknown, Refusal>> => {
      calls.push({ verb, args })
      if (refusal !== null) return Promise.resolve({ ok: false, error: refusal })
      // safe: every verb of ANSWERING answers a Result.
      const original = answers[verb] as (...all: readonly unknown[]) => Promise<Result<unknown, Refusal>>
      return original(...args)
    }
    // safe: same arguments in, the same verb's answer out.
    return twin as unknown as Gate[V]
  }

  const twins = Object.fromEntries(ANSWERING.map((verb) => [verb, remembered(verb)])) as Pick<Gate, AnsweringVerb>
  return {
    ...answers,
    ...twins,
    calls,
    refuseWith(next) {
      refusal = next
    },
  }
}

const ANSWERING = [
  'proposeAction',
  'proposePlan',
  'getAction',
  'getPlan',
  'listActions',
  'awaitResting',
  'decideAction',
  'decidePlan',
  'undoAction',
  'undoPlan',
  'recordOutcomes',
  'snoozeAction',
  'sendTest',
  'refreshAction',
  'stop',
  'resume',
  'listSwitches',
  'listExceptions',
  'resolveException',
  'setGrant',
  'listGrants',
  'reclaimLevel',
  'handBack',
  'listPromotions',
  'getPromotion',
  'decidePromotion',
  'getNotice',
  'answerNotice',
  'listStandingConsents',
  'setStandingConsent',
  'getPolicy',
  'listPolicies',
  'setPolicy',
  'checkPolicy',
  'rollBackPolicy',
  'confirmPolicy',
  'endPolicyTrial',
  'comparePolicyTrial',
  'explainPolicy',
  'backtestPolicy',
  'listBudgets',
  'recordSpend',
  'addMember',
  'listMembers',
  'issueToken',
  'createLinkCode',
  'changeMember',
  'delegate',
  'listDelegations',
  'endDelegation',
  'createAgent',
  'changeAgent',
  'rotateAgentKey',
  'disableAgent',
  'listAgents',
  'addConnection',
  'replaceCredentials',
  'renewWebhookUrl',
  'listConnections',
  'hearWebhook',
  'listCallbacks',
  'listCallbackDeliveries',
  'replayCallbacks',
  'enableCallback',
  'getCallbackSecret',
  'rotateCallbackSecret',
  'listFeedback',
  'deleteFeedback',
  'ledgerHead',
  'exportLedger',
  'adoptLedger',
  'eraseDetails',
  'recordConsents',
  'suppressPeople',
  'liftSuppressions',
  'exportPerson',
  'erasePerson',
  'listTrust',
  'explainTrust',
  'rebuildTrust',
  'planRollout',
  'compareRollout',
  'linkSlackUser',
  'takeOwnToken',
] as const satisfies readonly (keyof Gate)[]

type AnsweringVerb = (typeof ANSWERING)[number]

const answer = <T>(value: T) => Promise.resolve(ok(value))

function world(): Gate {
  return {
    proposeAction: () => answer({ action: actionView(), replayed: false }),
    proposePlan: () => answer({ plan: planView(), replayed: false }),
    getAction: () => answer(actionView()),
    getPlan: () => answer(planView()),
    listActions: () => answer({ items: [actionView()], nextCursor: null }),
    awaitResting: () => answer(actionView()),
    decideAction: () => answer(actionView({ state: 'ready' })),
    decidePlan: () => answer(planView({ state: 'running' })),
    undoAction: () => answer(actionView({ state: 'undone', undoneAt: LATER })),
    undoPlan: () => answer(planView({ state: 'undone' })),
    recordOutcomes: () => answer({ recorded: 1 }),
    snoozeAction: () => answer(actionView({ snoozedUntil: LATER })),
    sendTest: () => answer({ to: 'owner@example.com' }),
    refreshAction: () => answer(actionView()),
    stop: (_actor, target, reason) =>
      answer({ switch: switchView({ target, reason }), executing: [actionView({ state: 'executing' })], recalled: 2 }),
    resume: () => answer([switchView()]),
    listSwitches: () => answer([switchView()]),
    listExceptions: () => answer([exceptionView()]),
    resolveException: () => answer(exceptionView({ resolvedAt: LATER, resolvedBy: 'The owner', options: [] })),
    setGrant: (_actor, scope, level) => answer([grantView({ scope, level })]),
    listGrants: () => answer([grantView()]),
    reclaimLevel: () => answer([grantView({ level: 2, inForce: 2, until: null, reclaimed: 4 })]),
    handBack: () => answer([grantView()]),
    listPromotions: () => answer([promotionView()]),
    getPromotion: () => answer(promotionView()),
    decidePromotion: (_actor, _id, decision, reason) =>
      answer(
        promotionView({
          state: decision === 'grant' ? 'granted' : 'declined',
          endedAt: LATER,
          by: 'The owner',
          reason,
        }),
      ),
    getNotice: () => answer(noticeView()),
    answerNotice: (_actor, _id, said) => answer(noticeView({ answeredAt: LATER, by: 'The owner', answer: said })),
    listStandingConsents: () => answer([consentView()]),
    setStandingConsent: (_actor, category, upTo) =>
      answer([
        upTo === null
          ? consentView({ category, withdrawnAt: LATER, withdrawnWhy: 'withdrawn by The owner' })
          : consentView({ category, upTo }),
      ]),
    getPolicy: () =>
      answer({ version: 3, hash: 'p3', document: { amount: { ask_above: 10_000 } }, trials: [trialView] }),
    listPolicies: () => answer([policyVersionView]),
    setPolicy: () => answer({ ...policyVersionView, warnings: [] }),
    checkPolicy: () =>
      answer({
        document: { amount: { ask_above: 20_000 } },
        hash: 'p4',
        differences: [{ path: 'amount.ask_above', was: '10000', is: '20000' }],
        needsOwner: [],
        warnings: [],
        tests: [{ name: 'A large order waits', passed: true, says: 'It asks.' }],
      }),
    rollBackPolicy: () => answer(policyVersionView),
    confirmPolicy: () => answer(policyVersionView),
    endPolicyTrial: () => answer(trialView),
    comparePolicyTrial: (_actor, _id, daysBefore) => answer(comparisonLines(daysBefore)),
    explainPolicy: () =>
      answer({
        version: 3,
        rules: [{ rule: 'amount', from: 'everywhere', value: { cap: 1 }, holds: true, warnsOnly: false }],
      }),
    backtestPolicy: (_actor, { days }) => answer(backtestLines(days)),
    listBudgets: () => answer([budgetView]),
    recordSpend: () => answer([budgetView]),
    addMember: (_actor, { name, email, role }) =>
      answer({ member: { ...memberView, name, email, role }, token: 'member-token' }),
    listMembers: () => answer([memberView]),
    issueToken: (_actor, id) => answer({ member: { ...memberView, id }, token: 'newer-token' }),
    createLinkCode: () => answer({ code: 'LINK-42', expiresAt: LATER }),
    changeMember: (_actor, id, { role }) => answer({ ...memberView, id, ...(role ? { role } : {}) }),
    delegate: () => answer(delegationView),
    listDelegations: () => answer([delegationView]),
    endDelegation: () => answer({ ...delegationView, state: 'over' }),
    changeAgent: (_actor, id, change) => answer(agentView({ id, ...change })),
    createAgent: (_actor, given) => answer({ agent: agentView(given), key: 'new-key', callbackSecret: 'whsec_bmV3' }),
    rotateAgentKey: () => answer({ agent: agentView(), key: 'newer-key', callbackSecret: 'whsec_bmV3ZXI=' }),
    disableAgent: () => answer(agentView({ disabledAt: LATER })),
    listAgents: () => answer([agentView()]),
    addConnection: (_actor, { platform, name }) => answer({ ...connectionView, platform, name }),
    replaceCredentials: (_actor, id) => answer({ ...connectionView, id }),
    renewWebhookUrl: (_actor, id) => answer({ ...connectionView, id }),
    listConnections: () => answer([connectionView]),
    hearWebhook: () => answer({ people: 1, recorded: 1, merged: 0, unread: false }),
    listCallbacks: () => answer([callbackView()]),
    listCallbackDeliveries: () => answer({ items: [deliveryView], nextCursor: 'next' }),
    replayCallbacks: () => answer({ replayed: 2, endpoint: callbackView() }),
    enableCallback: () => answer(callbackView()),
    getCallbackSecret: () => answer({ secret: 'whsec_bmV3', previousUntil: null }),
    rotateCallbackSecret: () => answer({ secret: 'whsec_bmV3ZXI=', previousUntil: LATER }),
    listFeedback: () => answer({ items: [feedbackView], nextCursor: 'next' }),
    deleteFeedback: () => answer(undefined),
    ledgerHead: () => answer(ledgerHead),
    exportLedger: () => answer(ledgerLines()),
    adoptLedger: () => answer({ ...ledgerHead, batch: 8 }),
    listTrust: () => answer([trustView]),
    explainTrust: (_actor, scope) => answer({ ...trustDetails, scope }),
    rebuildTrust: () => answer({ decisions: 12, cells: 2, corrected: 0 }),
    planRollout: () => answer(rolloutPlan),
    compareRollout: (_actor, scope) => answer({ ...rolloutComparison, scope }),
    eraseDetails: () => answer({ erased: 2 }),
    recordConsents: (_actor, consents) => answer({ people: consents.length, recorded: consents.length, merged: 0 }),
    suppressPeople: (_actor, suppressions) => answer({ suppressed: suppressions.length }),
    liftSuppressions: () => answer({ lifted: 1 }),
    exportPerson: () => answer(personView),
    erasePerson: () => answer({ people: 1, details: 2, actions: 3, open: 1 }),
    headOfLedger: () => Promise.resolve(ledgerHead),
    authenticate: (bearer) => Promise.resolve(ACTORS[bearer] ?? null),
    memberOfSlackUser: () => Promise.resolve(null),
    workspaceOfSlackTeam: () => Promise.resolve(null),
    workspace: () => Promise.resolve(null),
    linkSlackUser: () => answer(memberView),
    takeOwnToken: () => answer({ token: 'member-token' }),
    linkSlackUserByEmail: () => Promise.resolve(null),
    describeChanges: () => [],
  }
}
