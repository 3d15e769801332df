import { canMove, type State } from '../domain/action-states.ts'
import type { Json } from '../domain/canonical.ts'
import { counterChange, holdingIn } from '../domain/money-by-state.ts'
import type { PayloadRow, StateRow, StoredAction } from '../ports/rows.ts'
import type { Transaction } from '../ports/transaction.ts'
import type { Move } from './dependencies.ts'
import { drawCard } from './draw-card.ts'

export type Change = Partial<Omit<StateRow, 'version' | 'revision'>> & { readonly state: State }

export type MoveEvent = {
  readonly type: string
  readonly by: string
  readonly body?: { readonly [key: string]: Json }
  /** What people or platforms wrote: kept beside the ledger, where it can be erased. */
  readonly detail?: { readonly [key: string]: Json }
  /** A new payload that comes into force with the move. */
  readonly payload?: Omit<PayloadRow, 'revision' | 'at'>
}

/** States that nobody is shown: no card has to be drawn for them. */
const UNSEEN: readonly State[] = ['proposed', 'ready', 'executing', 'observed', 'settled']

/**
 * The only way in which an action moves: a legal move, its money, the state row (only from the version that was read),
 * the ledger event and the card, all in the caller's transaction. The caller holds the control rows. Throws on a move
 * that is not in the table, which is a bug; when somebody else was first, the transaction starts again.
 */
export async function moveAction(
  tx: Move,
  stored: StoredAction,
  change: Change,
  event: MoveEvent,
): Promise<StoredAction> {
  const { action, state: before } = stored
  if (!canMove(before.state, change.state))
    throw new Error(`Illegal move of ${action.id}: ${before.state} → ${change.state}`)
  const payload: PayloadRow = event.payload
    ? { ...event.payload, revision: before.revision + 1, at: tx.now }
    : stored.payload
  const after: StateRow = { ...before, ...change, version: before.version + 1, revision: payload.revision }
  await moveMoney(tx, before, after)
  await tx.updateState(action.id, before.version, after)
  // After the state row: of two who move it at once, the second is a conflict, not a broken key.
  if (event.payload) await tx.insertPayload(action.id, payload)
  await tx.appendEvent({
    subject: action.id,
    subjectVersion: after.version,
    type: event.type,
    body: eventBody(before, after, payload, event),
    ...(event.detail ? { detail: event.detail } : {}),
  })
  if (!UNSEEN.includes(after.state)) await drawCard(tx, action)
  if (action.callbackUrl)
    await tx.enqueue({ queue: 'webhook', workspaceId: action.workspaceId, subject: action.id, version: after.version })
  tx.afterCommit('tell', action.id)
  return { action, payload, state: after }
}

async function moveMoney(tx: Transaction, before: StateRow, after: StateRow): Promise<void> {
  const from = holdingIn(before.state)
  const to = holdingIn(after.state)
  const amounts = new Map<string, { before: number; after: number }>()
  const of = (window: string) => {
    const known = amounts.get(window) ?? { before: 0, after: 0 }
    amounts.set(window, known)
    return known
  }
  for (const { window, amountMinor } of before.charges) of(window).before += amountMinor
  for (const { window, amountMinor } of after.charges) of(window).after += amountMinor
  // Sorted by key: the lock order within the budgets.
  for (const [window, amount] of [...amounts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const gone = counterChange(from, 'none', amount.before)
    const come = counterChange('none', to, amount.after)
    const by = { reserved: gone.reserved + come.reserved, committed: gone.committed + come.committed }
    if (by.reserved !== 0 || by.committed !== 0) await tx.changeBudget(window, by)
  }
}

/** The ledger keeps what was relied on; the payload itself is named by its hash, so that personal detail can be erased. */
function eventBody(before: StateRow, after: StateRow, payload: PayloadRow, event: MoveEvent): Json {
  return {
    ...event.body,
    from: before.state,
    to: after.state,
    by: event.by,
    hash: payload.hash,
    revision: payload.revision,
    policy: payload.policyVersion,
    epochs: { workspace: after.workspaceEpoch, scope: after.scopeEpoch },
  }
}
