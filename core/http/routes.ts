import type { Gate } from '../gate/gate.ts'
import type { Kinds } from '../ports/kind.ts'
import { decideActionRoute } from './actions/decide-action.ts'
import { decideActionsRoute } from './actions/decide-actions.ts'
import { getActionRoute } from './actions/get-action.ts'
import { listActionsRoute } from './actions/list-actions.ts'
import { proposeActionRoute } from './actions/propose-action.ts'
import { sendTestRoute } from './actions/send-test.ts'
import { recordOutcomesRoute } from './actions/record-outcomes.ts'
import { snoozeActionRoute } from './actions/snooze-action.ts'
import { undoActionRoute } from './actions/undo-action.ts'
import { changeAgentRoute } from './agents/change-agent.ts'
import { createAgentRoute } from './agents/create-agent.ts'
import { disableAgentRoute } from './agents/disable-agent.ts'
import { listAgentsRoute } from './agents/list-agents.ts'
import { rotateAgentCallbackSecretRoute } from './agents/rotate-agent-callback-secret.ts'
import { rotateAgentKeyRoute } from './agents/rotate-agent-key.ts'
import { recordSpendRoute } from './budgets/record-spend.ts'
import { listBudgetsRoute } from './budgets/list-budgets.ts'
import { addConnectionRoute } from './connections/add-connection.ts'
import { enableCallbackRoute } from './callbacks/enable-callback.ts'
import { getCallbackSecretRoute } from './callbacks/get-callback-secret.ts'
import { listCallbackDeliveriesRoute } from './callbacks/list-callback-deliveries.ts'
import { listCallbacksRoute } from './callbacks/list-callbacks.ts'
import { replayCallbacksRoute } from './callbacks/replay-callbacks.ts'
import { rotateCallbackSecretRoute } from './callbacks/rotate-callback-secret.ts'
import { listConnectionsRoute } from './connections/list-connections.ts'
import { renewWebhookUrlRoute } from './connections/renew-webhook-url.ts'
import { replaceCredentialsRoute } from './connections/replace-credentials.ts'
import { delegateRoute } from './delegations/delegate.ts'
import { endDelegationRoute } from './delegations/end-delegation.ts'
import { listDelegationsRoute } from './delegations/list-delegations.ts'
import { listExceptionsRoute } from './exceptions/list-exceptions.ts'
import { resolveExceptionRoute } from './exceptions/resolve-exception.ts'
import { deleteFeedbackRoute } from './feedback/delete-feedback.ts'
import { listFeedbackRoute } from './feedback/list-feedback.ts'
import { listGrantsRoute } from './grants/list-grants.ts'
import { handBackRoute } from './grants/hand-back.ts'
import { listStandingConsentsRoute } from './grants/list-standing-consents.ts'
import { reclaimLevelRoute } from './grants/reclaim-level.ts'
import { setGrantRoute } from './grants/set-grant.ts'
import { setStandingConsentRoute } from './grants/set-standing-consent.ts'
import { listKindsRoute } from './kinds/list-kinds.ts'
import { adoptLedgerRoute } from './ledger/adopt-ledger.ts'
import { eraseDetailsRoute } from './ledger/erase-details.ts'
import { exportLedgerRoute } from './ledger/export-ledger.ts'
import { getLedgerHeadRoute } from './ledger/get-ledger-head.ts'
import { addMemberRoute } from './members/add-member.ts'
import { changeMemberRoute } from './members/change-member.ts'
import { createLinkCodeRoute } from './members/create-link-code.ts'
import { issueTokenRoute } from './members/issue-token.ts'
import { listMembersRoute } from './members/list-members.ts'
import { answerNoticeRoute } from './notices/answer-notice.ts'
import { getNoticeRoute } from './notices/get-notice.ts'
import { recordConsentsRoute } from './people/record-consents.ts'
import { suppressPeopleRoute } from './people/suppress-people.ts'
import { liftSuppressionsRoute } from './people/lift-suppressions.ts'
import { exportPersonRoute } from './people/export-person.ts'
import { erasePersonRoute } from './people/erase-person.ts'
import { decidePlanRoute } from './plans/decide-plan.ts'
import { getPlanRoute } from './plans/get-plan.ts'
import { proposePlanRoute } from './plans/propose-plan.ts'
import { undoPlanRoute } from './plans/undo-plan.ts'
import { backtestPolicyRoute } from './policies/backtest-policy.ts'
import { getPolicyRoute } from './policies/get-policy.ts'
import { checkPolicyRoute } from './policies/check-policy.ts'
import { comparePolicyTrialRoute } from './policies/compare-policy-trial.ts'
import { confirmPolicyRoute } from './policies/confirm-policy.ts'
import { endPolicyTrialRoute } from './policies/end-policy-trial.ts'
import { explainPolicyRoute } from './policies/explain-policy.ts'
import { listPoliciesRoute } from './policies/list-policies.ts'
import { rollBackPolicyRoute } from './policies/roll-back-policy.ts'
import { setPolicyRoute } from './policies/set-policy.ts'
import { compareRolloutRoute } from './rollout/compare-rollout.ts'
import { planRolloutRoute } from './rollout/plan-rollout.ts'
import { decidePromotionRoute } from './promotions/decide-promotion.ts'
import { getPromotionRoute } from './promotions/get-promotion.ts'
import { listPromotionsRoute } from './promotions/list-promotions.ts'
import { explainTrustRoute } from './trust/explain-trust.ts'
import { listTrustRoute } from './trust/list-trust.ts'
import { rebuildTrustRoute } from './trust/rebuild-trust.ts'
import { hearHubSpotRoute } from './webhooks/hear-hubspot.ts'
import { hearMailchimpRoute } from './webhooks/hear-mailchimp.ts'
import { listSwitchesRoute } from './switches/list-switches.ts'
import { resumeRoute } from './switches/resume.ts'
import { resumeEveryRoute } from './switches/resume-every.ts'
import { stopRoute } from './switches/stop.ts'

export type RouteDeps = { readonly gate: Gate; readonly kinds: Kinds; readonly mostWaitSeconds?: number }

/** Every route under /v1. A test compares this with the files. */
export const ROUTES = [
  proposeActionRoute,
  listActionsRoute,
  getActionRoute,
  decideActionRoute,
  decideActionsRoute,
  undoActionRoute,
  snoozeActionRoute,
  recordOutcomesRoute,
  sendTestRoute,
  proposePlanRoute,
  getPlanRoute,
  decidePlanRoute,
  undoPlanRoute,
  listFeedbackRoute,
  deleteFeedbackRoute,
  listGrantsRoute,
  setGrantRoute,
  reclaimLevelRoute,
  handBackRoute,
  listStandingConsentsRoute,
  setStandingConsentRoute,
  listPromotionsRoute,
  getPromotionRoute,
  decidePromotionRoute,
  getNoticeRoute,
  answerNoticeRoute,
  listSwitchesRoute,
  stopRoute,
  resumeRoute,
  resumeEveryRoute,
  listExceptionsRoute,
  resolveExceptionRoute,
  getPolicyRoute,
  listPoliciesRoute,
  setPolicyRoute,
  checkPolicyRoute,
  rollBackPolicyRoute,
  confirmPolicyRoute,
  endPolicyTrialRoute,
  comparePolicyTrialRoute,
  explainPolicyRoute,
  backtestPolicyRoute,
  listBudgetsRoute,
  recordSpendRoute,
  listMembersRoute,
  addMemberRoute,
  changeMemberRoute,
  issueTokenRoute,
  createLinkCodeRoute,
  listDelegationsRoute,
  delegateRoute,
  endDelegationRoute,
  listAgentsRoute,
  createAgentRoute,
  changeAgentRoute,
  rotateAgentKeyRoute,
  rotateAgentCallbackSecretRoute,
  disableAgentRoute,
  listCallbacksRoute,
  listCallbackDeliveriesRoute,
  replayCallbacksRoute,
  enableCallbackRoute,
  getCallbackSecretRoute,
  rotateCallbackSecretRoute,
  listConnectionsRoute,
  hearHubSpotRoute,
  hearMailchimpRoute,
  addConnectionRoute,
  replaceCredentialsRoute,
  renewWebhookUrlRoute,
  listTrustRoute,
  explainTrustRoute,
  rebuildTrustRoute,
  planRolloutRoute,
  compareRolloutRoute,
  getLedgerHeadRoute,
  exportLedgerRoute,
  adoptLedgerRoute,
  eraseDetailsRoute,
  recordConsentsRoute,
  suppressPeopleRoute,
  liftSuppressionsRoute,
  exportPersonRoute,
  erasePersonRoute,
  listKindsRoute,
] as const
