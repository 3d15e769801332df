import type { ActionId } from '../domain/ids.ts'
import { asText, type Difference, differencesBetween, type Named } from '../domain/differences.ts'
import type { Money } from '../domain/money.ts'
import { approvalsWords, peopleNeeded, stillMissing } from '../domain/several-approvals.ts'
import { covers } from '../domain/switches.ts'
import type { Timing } from '../domain/timing.ts'
import type { Field, Input, Kind } from '../ports/kind.ts'
import type {
  DecisionRow,
  ExceptionRow,
  ExecutionRow,
  ReviewRow,
  Snapshot,
  StoredAction,
  SwitchRow,
} from '../ports/rows.ts'
import type { Transaction } from '../ports/transaction.ts'
import type { Context } from './dependencies.ts'
import { countedApprovals, peopleRules } from './approve-in-part.ts'
import { askedBecause } from './asked-because.ts'
import { frozenTopic } from './switch-reach.ts'
import { switchWords } from './switch-words.ts'
import { timingOfAction } from './timing-of-action.ts'
import type { ActionView, ApprovalsView, DecisionView, ExceptionView, SwitchView } from './views.ts'

/** States in which a stop shows on the action. */
const FREEZABLE = ['proposed', 'awaiting_approval', 'changes_requested', 'scheduled', 'held', 'ready']

/** An action with all that any door may show of it. */
export async function describeAction(ctx: Context, tx: Transaction, stored: StoredAction): Promise<ActionView> {
  const [view] = await describeActions(ctx, tx, [stored])
  if (!view) throw new Error(`No view of ${stored.action.id}`)
  return view
}

/** Many actions at the cost of a fixed number of statements. */
export async function describeActions(
  ctx: Context,
  tx: Transaction,
  stored: readonly StoredAction[],
): Promise<readonly ActionView[]> {
  const ids = stored.map(({ action }) => action.id)
  const [snapshot, decisions, exceptions, executions] = await Promise.all([
    tx.snapshot(),
    tx.listDecisions(ids),
    tx.listExceptions(ids),
    tx.listExecutions(ids),
  ])
  const former = await loadFormer(tx, stored)
  return stored.map((item) => {
    const { id, supersedes } = item.action
    return viewOf(ctx, item, {
      snapshot,
      decisions: decisions.filter(({ actionId }) => actionId === id),
      exception: exceptions.findLast(({ actionId }) => actionId === id) ?? null,
      executions: executions.filter(({ actionId }) => actionId === id),
      former: supersedes === null ? null : (former.get(supersedes) ?? null),
    })
  })
}

/** An action that was just proposed: nothing has happened to it yet, so nothing has to be read. */
export function describeNew(
  ctx: Context,
  snapshot: Snapshot,
  stored: StoredAction,
  former: StoredAction | null,
): ActionView {
  return viewOf(ctx, stored, { snapshot, decisions: [], exception: null, executions: [], former })
}

async function loadFormer(
  tx: Transaction,
  stored: readonly StoredAction[],
): Promise<ReadonlyMap<ActionId, StoredAction>> {
  const former = new Map<ActionId, StoredAction>()
  for (const { action } of stored) {
    const old = action.supersedes && (await tx.loadAction(action.supersedes))
    if (old) former.set(old.action.id, old)
  }
  return former
}

type Surroundings = {
  readonly snapshot: Snapshot
  readonly decisions: readonly DecisionRow[]
  readonly exception: ExceptionRow | null
  readonly executions: readonly ExecutionRow[]
  readonly former: StoredAction | null
}

function viewOf(ctx: Context, { action, payload, state }: StoredAction, around: Surroundings): ActionView {
  const kind = ctx.kinds.get(action.kind)
  const { currency } = around.snapshot.workspace
  const connection = around.snapshot.connections.find(({ id }) => id === action.connectionId)
  const money = (minor: number): Money | null => (minor === 0 ? null : { minor, currency })
  const timing = timingShown(kind, { action, payload })
  const done = around.executions.findLast(({ direction, state: its }) => direction === 'do' && its === 'done')
  return {
    id: action.id,
    workspaceId: action.workspaceId,
    state: state.state,
    version: state.version,
    kind: {
      id: action.kind,
      title: kind?.title ?? action.kind,
      fields: kind?.fields ?? [],
      canTest: kind?.sendTest !== undefined,
    },
    platform: action.platform,
    connection: { name: connection?.name ?? 'removed', sandbox: connection?.sandbox ?? false },
    category: action.category,
    channel: action.channel,
    scope: payload.scope,
    scenario: action.scenario,
    band: payload.band,
    level: payload.level,
    verdict: payload.verdict,
    preview: payload.preview,
    input: payload.input,
    payloadHash: payload.hash,
    policyVersion: payload.policyVersion,
    effect: kind?.effect ?? { repeat: 'unsafe', undo: 'none' },
    undo: {
      class: kind?.effect.undo ?? 'none',
      until: undoUntil(done?.receipt ? kind : undefined, state.state, state.undoUntil, state.runAt),
    },
    reach:
      payload.people === null
        ? null
        : { people: payload.people, listSize: payload.listSize, amount: money(payload.amountMinor) },
    agent: { id: action.agentId, name: action.proposerName },
    reason: action.reason,
    requestedBy: action.requestedBy,
    evidence: action.evidence,
    confidence: action.confidence,
    asked: askedView({ action, payload }),
    agentCost: action.agentCost,
    dryRun: action.dryRun,
    proposedAt: action.proposedAt,
    slotAt: timing.slotAt,
    expiresAt: state.expiresAt,
    holdUntil: state.state === 'held' ? state.runAt : null,
    snoozedUntil: state.snoozedUntil,
    reminders: state.reminders,
    escalated: state.escalated,
    decisions: around.decisions.map(decisionView),
    approvals: approvalsView(ctx, { action, payload, state }, around),
    note: state.remark?.note ?? null,
    differences: state.remark?.differences ?? [],
    preflight: state.remark?.preflight ?? [],
    receipt: done?.receipt ? { reference: done.receipt.reference, openUrl: done.receipt.openUrl ?? null } : null,
    executedAt: state.executedAt,
    undoneAt: state.undoneAt,
    supersedes: action.supersedes,
    supersededBy: state.supersededBy,
    changes: around.former && kind ? payloadChanges(kind, around.former, { action, payload, state }) : [],
    plan:
      action.planId && action.step !== null && action.steps !== null
        ? { id: action.planId, step: action.step, steps: action.steps }
        : null,
    exception: around.exception && exceptionView(around.exception),
    frozenBy: FREEZABLE.includes(state.state) ? frozenBy(around.snapshot, { action, payload }) : null,
  }
}

function approvalsView(
  ctx: Context,
  stored: StoredAction,
  { snapshot, decisions }: Surroundings,
): ApprovalsView | null {
  const { payload, state } = stored
  if (state.state !== 'awaiting_approval') return null
  const rules = peopleRules(ctx, snapshot, stored, { amountMinor: payload.amountMinor, people: payload.people ?? 0 })
  const given = countedApprovals(ctx, snapshot, stored, decisions)
  if (rules.length === 0 && given.length === 0) return null
  return {
    needed: peopleNeeded(rules),
    missing: stillMissing(rules, given),
    given: given.map(({ row }) => ({ id: row.byId, name: row.byName, at: row.at })),
    says: approvalsWords(rules, given),
  }
}

function askedView(stored: Pick<StoredAction, 'action' | 'payload'>): ActionView['asked'] {
  const asked = askedBecause(stored)
  return asked && { by: asked.by, question: stored.action.question }
}

/** Also of what its kind, as it is installed now, would no longer take. */
function timingShown(kind: Kind | undefined, { action, payload }: Pick<StoredAction, 'action' | 'payload'>): Timing {
  if (kind?.plannedAt && kind.parse(payload.input).ok) return timingOfAction(kind, action, payload.input)
  return { slotAt: action.slotAt, plannedAt: null }
}

/** Until when it can be taken back; null: it cannot (any more, or there is no record of how it was). A held effect only before it goes out. */
function undoUntil(kind: Kind | undefined, state: string, until: Date | null, runAt: Date | null): Date | null {
  if (state === 'held' || state === 'scheduled') return runAt
  return state === 'executed' && kind?.undo ? until : null
}

function frozenBy(
  snapshot: Snapshot,
  { action, payload }: Pick<StoredAction, 'action' | 'payload'>,
): SwitchView | null {
  const row = snapshot.switches.find(({ target }) => covers(target, action)) ?? frozenTopic(snapshot, payload)
  return row ? switchView(row) : null
}

export const reviewView = (row: ReviewRow): SwitchView => ({ ...switchView(row), mode: 'review', until: row.until })

export const switchView = (row: SwitchRow): SwitchView => ({
  id: row.id,
  target: row.target,
  words: switchWords(row.target),
  reason: row.reason,
  by: row.byName,
  at: row.at,
  mode: 'stop',
  until: null,
})

const decisionView = (row: DecisionRow): DecisionView => ({
  decision: row.decision,
  by: { id: row.byId, name: row.byName },
  onBehalfOf: row.onBehalfOf === null ? null : { id: row.onBehalfOf, name: row.onBehalfOfName ?? '' },
  at: row.at,
  payloadHash: row.payloadHash,
  severity: row.severity,
  reason: row.reason,
  outside: row.outside,
  changes: row.changes,
})

export const exceptionView = (row: ExceptionRow): ExceptionView => ({
  id: row.id,
  actionId: row.actionId,
  source: row.source,
  says: row.says,
  openedAt: row.openedAt,
  resolvedAt: row.resolvedAt,
  resolvedBy: row.resolvedBy,
  options: row.options,
})

/** What differs between two payloads of one kind: the fields by their labels, then what they bind on the platform. */
function payloadChanges(kind: Kind, before: StoredAction, after: StoredAction): readonly Difference[] {
  const bound = (stored: StoredAction): readonly Named[] => stored.payload.facts?.bound ?? []
  return [
    ...inputChanges(kind.fields, before.payload.input, after.payload.input),
    ...differencesBetween(bound(before), bound(after)),
  ]
}

/** What differs between two inputs, by the labels of the kind's fields. */
export function inputChanges(fields: readonly Field[], before: Input, after: Input): readonly Difference[] {
  const named = (input: Input): readonly Named[] =>
    fields
      .filter(({ name }) => input[name] !== undefined)
      .map(({ name, label }) => ({ label, value: input[name] ?? null, text: asText(input[name]) }))
  return differencesBetween(named(before), named(after))
}
