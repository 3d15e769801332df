import type { ActionId, WorkspaceId } from '../domain/ids.ts'
import { ok } from '../domain/result.ts'
import { enableCallback, listCallbackDeliveries, listCallbacks, replayCallbacks } from './callback-endpoints.ts'
import { getCallbackSecret, rotateCallbackSecret } from './callback-secret.ts'
import { adoptLedger } from './adopt-ledger.ts'
import { backtestPolicy } from './backtest-policy.ts'
import { addConnection, listConnections, renewWebhookUrl, replaceCredentials } from './connections.ts'
import { hearWebhook } from './hear-webhook.ts'
import { authenticate, memberActor } from './authenticate.ts'
import { changeAgent, createAgent, disableAgent, listAgents, rotateAgentKey } from './agents.ts'
import { changeMember } from './change-member.ts'
import { checkAction } from './check-action.ts'
import { comparePolicyTrial } from './compare-policy-trial.ts'
import { compareRollout } from './compare-rollout.ts'
import { decideAction } from './decide-action.ts'
import { decidePlan, getPlan, undoPlan } from './decide-plan.ts'
import { delegate, endDelegation, listDelegations } from './delegations.ts'
import type { Context, Dependencies, FollowUp } from './dependencies.ts'
import { inputChanges, reviewView, switchView } from './describe-action.ts'
import { eraseDetails } from './erase-details.ts'
import { eraseEnded } from './erase-ended.ts'
import { erasePerson } from './erase-person.ts'
import { exportPerson } from './export-person.ts'
import { executeAction, executeReady } from './execute-action.ts'
import type { Gate } from './gate.ts'
import { explainPolicy } from './explain-policy.ts'
import { recordSpend } from './record-spend.ts'
import { listBudgets } from './list-budgets.ts'
import { issueToken } from './issue-token.ts'
import { takeOwnToken } from './take-own-token.ts'
import { addMember, createLinkCode, linkSlackUser, linkSlackUserByEmail, listMembers } from './members.ts'
import { planRollout } from './plan-rollout.ts'
import { proposeAction } from './propose-action.ts'
import { proposePlan } from './propose-plan.ts'
import { awaitResting, deleteFeedback, getAction, listActions, listExceptions, listFeedback } from './read-actions.ts'
import { exportLedger, headOfLedger, ledgerHead } from './read-ledger.ts'
import { explainTrust, listTrust } from './read-trust.ts'
import { rebuildTrust } from './rebuild-trust.ts'
import { refreshAction, sendTest } from './refresh-action.ts'
import { resolveException } from './resolve-exception.ts'
import { resume } from './resume.ts'
import { type Sealing, sealLedger } from './seal-ledger.ts'
import { listGrants } from './list-grants.ts'
import { decidePromotion } from './decide-promotion.ts'
import { answerNotice, getNotice, getPromotion, listPromotions } from './promotions.ts'
import { handBack, reclaimLevel } from './reclaim-level.ts'
import { checkLedger } from './check-ledger.ts'
import { type Reviewed, reviewTrust } from './review-trust.ts'
import { setGrant } from './set-grant.ts'
import { listStandingConsents, setStandingConsent } from './standing-consent.ts'
import { checkPolicy } from './check-policy.ts'
import { getPolicy, listPolicies } from './policy-in-force.ts'
import { endPolicyTrial } from './policy-trials.ts'
import { confirmPolicy, rollBackPolicy, setPolicy } from './set-policy.ts'
import { recordConsents } from './record-consents.ts'
import { recordOutcomes } from './record-outcomes.ts'
import { liftSuppressions, suppressPeople } from './suppress-people.ts'
import { snoozeAction } from './snooze-action.ts'
import { stop } from './stop.ts'
import { forgetCallbacks, type SweptCallbacks, sweepCallbacks } from './sweep-callbacks.ts'
import { type Swept, sweepDue } from './sweep-due.ts'
import { tellAgent } from './tell-agent.ts'
import { undoAction } from './undo-action.ts'

/** The gate for the doors, and the sweep for the entry that turns it. */
export type RunningGate = {
  readonly gate: Gate
  readonly sweep: (limit: number) => Promise<Swept>
  /** Does what a follow-up asks for, as often as it is asked: what was done already is left alone. */
  readonly carryOut: (item: FollowUp) => Promise<void>
  /** Seals what is complete; for a timer or a cron, on any number of processes. */
  readonly sealLedger: () => Promise<Sealing>
  /** Writes down that an action's callback address is to be told; for the side jobs. */
  readonly tellAgent: (workspaceId: WorkspaceId, id: ActionId, version: number) => Promise<void>
  /** Sends the callbacks that are due. */
  readonly sweepCallbacks: (limit: number) => Promise<SweptCallbacks>
  /** Forgets old deliveries; once in a while is enough. */
  readonly forgetCallbacks: () => Promise<number>
  /** Looks at the levels of one workspace: who has earned more, what runs out. */
  readonly reviewTrust: (workspaceId: WorkspaceId) => Promise<Reviewed>
  /** The same for every workspace; once an hour is enough. */
  readonly reviewAll: () => Promise<void>
}

/** Puts the verbs together. What a committed move calls for starts right after the commit, without waiting for a sweep. */
export function createGate(deps: Dependencies): RunningGate {
  const followUp: Context['followUp'] = (items, hasJobs) => {
    deps.committed(
      items.map(({ actionId }) => actionId),
      hasJobs,
    )
    const work = items.filter((item) => item.work !== 'tell')
    if (work.length > 0) deps.followed?.(work.map(({ ready: _ready, ...item }) => item))
    for (const item of work) deps.background(() => carryOut(item))
  }
  const carryOut = async ({ work, workspaceId, actionId, ready }: FollowUp): Promise<void> => {
    if (work === 'execute') await (ready ? executeReady(ctx, ready) : executeAction(ctx, workspaceId, actionId))
    if (work === 'check') await checkAction(ctx, workspaceId, actionId)
  }
  const ctx: Context = { ...deps, followUp }
  /** A verb with the context filled in. */
  const bind =
    <Args extends readonly unknown[], Out>(verb: (context: Context, ...args: Args) => Out) =>
    (...args: Args): Out =>
      verb(ctx, ...args)

  const gate: Gate = {
    proposeAction: bind(proposeAction),
    proposePlan: bind(proposePlan),
    getAction: bind(getAction),
    getPlan: bind(getPlan),
    listActions: bind(listActions),
    awaitResting: bind(awaitResting),
    decideAction: bind(decideAction),
    decidePlan: bind(decidePlan),
    undoAction: bind(undoAction),
    undoPlan: bind(undoPlan),
    recordOutcomes: bind(recordOutcomes),
    snoozeAction: bind(snoozeAction),
    sendTest: bind(sendTest),
    refreshAction: bind(refreshAction),
    stop: bind(stop),
    resume: bind(resume),
    listSwitches: async (actor) => {
      return await deps.store.read(actor.workspaceId, async (tx) => {
        const { switches, reviews } = await tx.snapshot()
        return ok([...switches.map(switchView), ...reviews.filter(({ until }) => until > tx.now).map(reviewView)])
      })
    },
    listExceptions: bind(listExceptions),
    resolveException: bind(resolveException),
    setGrant: bind(setGrant),
    listGrants: bind(listGrants),
    reclaimLevel: bind(reclaimLevel),
    handBack: bind(handBack),
    listPromotions: bind(listPromotions),
    getPromotion: bind(getPromotion),
    decidePromotion: bind(decidePromotion),
    getNotice: bind(getNotice),
    answerNotice: bind(answerNotice),
    listStandingConsents: bind(listStandingConsents),
    setStandingConsent: bind(setStandingConsent),
    getPolicy: bind(getPolicy),
    listPolicies: bind(listPolicies),
    setPolicy: bind(setPolicy),
    checkPolicy: bind(checkPolicy),
    rollBackPolicy: bind(rollBackPolicy),
    confirmPolicy: bind(confirmPolicy),
    endPolicyTrial: bind(endPolicyTrial),
    comparePolicyTrial: bind(comparePolicyTrial),
    explainPolicy: bind(explainPolicy),
    backtestPolicy: bind(backtestPolicy),
    listBudgets: bind(listBudgets),
    recordSpend: bind(recordSpend),
    addMember: bind(addMember),
    listMembers: bind(listMembers),
    takeOwnToken: bind(takeOwnToken),
    issueToken: bind(issueToken),
    createLinkCode: bind(createLinkCode),
    changeMember: bind(changeMember),
    delegate: bind(delegate),
    listDelegations: bind(listDelegations),
    endDelegation: bind(endDelegation),
    createAgent: bind(createAgent),
    changeAgent: bind(changeAgent),
    rotateAgentKey: bind(rotateAgentKey),
    disableAgent: bind(disableAgent),
    listAgents: bind(listAgents),
    addConnection: bind(addConnection),
    replaceCredentials: bind(replaceCredentials),
    renewWebhookUrl: bind(renewWebhookUrl),
    listConnections: bind(listConnections),
    hearWebhook: bind(hearWebhook),
    listCallbacks: bind(listCallbacks),
    listCallbackDeliveries: bind(listCallbackDeliveries),
    replayCallbacks: bind(replayCallbacks),
    enableCallback: bind(enableCallback),
    getCallbackSecret: bind(getCallbackSecret),
    rotateCallbackSecret: bind(rotateCallbackSecret),
    listFeedback: bind(listFeedback),
    deleteFeedback: bind(deleteFeedback),
    ledgerHead: bind(ledgerHead),
    exportLedger: bind(exportLedger),
    adoptLedger: bind(adoptLedger),
    eraseDetails: bind(eraseDetails),
    recordConsents: bind(recordConsents),
    suppressPeople: bind(suppressPeople),
    liftSuppressions: bind(liftSuppressions),
    exportPerson: bind(exportPerson),
    erasePerson: bind(erasePerson),
    listTrust: bind(listTrust),
    explainTrust: bind(explainTrust),
    rebuildTrust: bind(rebuildTrust),
    planRollout: bind(planRollout),
    compareRollout: bind(compareRollout),
    authenticate: bind(authenticate),
    memberOfSlackUser: async (workspaceId, slackUserId) =>
      memberActor(await deps.store.read(workspaceId, (tx) => tx.memberBySlackUser(slackUserId)), 'slack'),
    workspaceOfSlackTeam: async (teamId) => {
      const id = await deps.store.workspaceOfSlackTeam(teamId)
      return id && (await deps.store.read(id, (tx) => tx.snapshot())).workspace
    },
    workspace: async (id) => (await deps.store.read(id, (tx) => tx.snapshot())).workspace,
    headOfLedger: bind(headOfLedger),
    linkSlackUser: bind(linkSlackUser),
    linkSlackUserByEmail: bind(linkSlackUserByEmail),
    describeChanges: (kindId, before, after) => inputChanges(deps.kinds.get(kindId)?.fields ?? [], before, after),
  }
  return {
    gate,
    sweep: (limit) => sweepDue(ctx, limit),
    carryOut,
    sealLedger: bind(sealLedger),
    tellAgent: bind(tellAgent),
    sweepCallbacks: bind(sweepCallbacks),
    forgetCallbacks: bind(forgetCallbacks),
    reviewTrust: bind(reviewTrust),
    async reviewAll() {
      const failed: unknown[] = []
      // The ledger last: it may be long, and a job has no time for it.
      for (const id of await deps.store.workspacesToReview())
        for (const work of [eraseEnded, reviewTrust, checkLedger])
          await work(ctx, id).catch((error: unknown) => failed.push(error))
      // One that fails holds up no other.
      if (failed.length > 0) throw failed[0]
    },
  }
}
