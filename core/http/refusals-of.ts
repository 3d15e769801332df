import type { Answer, Gate } from '../gate/gate.ts'
import type { Refusal } from '../gate/refusal.ts'

type Verb = { [M in keyof Gate]: Gate[M] extends (...args: never[]) => Answer<unknown> ? M : never }[keyof Gate]

/** Verbs that no route of this door calls; Slack does. */
type Elsewhere = 'refreshAction' | 'linkSlackUser'

const READ = ['not_permitted'] as const
const READ_ONE = ['not_found', 'not_permitted'] as const
const ADMIN = ['malformed', 'not_permitted'] as const
const PROPOSE = [
  'malformed',
  'unknown_kind',
  'unknown_connection',
  'labels_loosen',
  'not_permitted',
  'stopped',
  'idempotency_conflict',
  'rate_limited',
  'check_failed',
] as const
const DECIDE = [
  'malformed',
  'not_permitted',
  'stopped',
  'not_found',
  'already_decided',
  'not_now',
  'stale_hash',
  'stricter_now',
  'platform_failed',
  'expired',
  'window_closed',
  'check_failed',
] as const
const UNDO = [
  'malformed',
  'not_permitted',
  'stopped',
  'not_found',
  'already_decided',
  'not_now',
  'platform_changed',
  'platform_failed',
  'expired',
  'window_closed',
] as const

/** Which refusals each use case may answer: what a route publishes and what it may return, from one list. */
export const REFUSALS_OF = {
  proposeAction: [...PROPOSE, 'not_found', 'not_now'],
  proposePlan: PROPOSE,
  getAction: READ_ONE,
  getPlan: READ_ONE,
  listActions: ['malformed', ...READ],
  awaitResting: READ_ONE,
  decideAction: DECIDE,
  decidePlan: DECIDE,
  undoAction: UNDO,
  undoPlan: UNDO,
  snoozeAction: ['malformed', 'not_permitted', 'not_found', 'not_now', 'window_closed'],
  sendTest: ['not_permitted', 'not_found', 'not_now', 'stopped', 'rate_limited', 'platform_failed'],
  stop: ADMIN,
  resume: ['malformed', ...READ_ONE],
  listSwitches: READ,
  listExceptions: READ,
  resolveException: ['malformed', 'not_permitted', 'not_found', 'not_now', 'already_decided', 'stopped'],
  setGrant: ADMIN,
  listGrants: READ,
  getPolicy: READ_ONE,
  setPolicy: ADMIN,
  listBudgets: READ,
  addMember: ADMIN,
  listMembers: READ,
  createLinkCode: READ_ONE,
  createAgent: ['malformed', 'not_permitted', 'unknown_kind'],
  rotateAgentKey: ['not_permitted', 'not_found', 'not_now'],
  disableAgent: READ_ONE,
  listAgents: READ,
  addConnection: ADMIN,
  replaceCredentials: ['malformed', ...READ_ONE],
  listConnections: READ,
  listCallbacks: READ,
  listCallbackDeliveries: ['malformed', ...READ_ONE],
  replayCallbacks: ['malformed', ...READ_ONE],
  enableCallback: READ_ONE,
  getCallbackSecret: ['not_permitted', 'check_failed'],
  rotateCallbackSecret: READ_ONE,
  listFeedback: ['malformed', ...READ],
  deleteFeedback: READ_ONE,
  ledgerHead: READ_ONE,
  exportLedger: READ,
  adoptLedger: ADMIN,
  listTrust: READ,
  explainTrust: READ_ONE,
  rebuildTrust: ['not_permitted', 'check_failed'],
  eraseDetails: ['malformed', ...READ_ONE],
} as const satisfies Record<Exclude<Verb, Elsewhere>, readonly Refusal['kind'][]>
