import type { Category } from '../domain/category.ts'
import { isFinal } from '../domain/action-states.ts'
import { dailyRowsOf, settleCharges } from '../domain/daily-budget.ts'
import { holdingIn } from '../domain/money-by-state.ts'
import type { Route } from '../domain/route-action.ts'
import { decideBy, lastMoment, type Timing } from '../domain/timing.ts'
import type { Verdict } from '../domain/verdict.ts'
import type { StateRow } from '../ports/rows.ts'
import type { Transaction } from '../ports/transaction.ts'
import type { ApprovalsPolicy } from '../rules/approvals-policy.ts'
import { firstWakeUp } from '../rules/escalation-path.ts'
import { type Counters, roomOf } from '../rules/guardrails/budget.ts'
import { expiryOf, type Waiting } from '../rules/waiting-times.ts'
import type { Context } from './dependencies.ts'
import { type Evaluated, heldCharges } from './evaluate-action.ts'
import { observe } from './observe.ts'

export type Placed = {
  readonly verdict: Verdict
  readonly place: Pick<StateRow, PlacedColumns>
  /** What it is charged, settled on the locked rows: whether it reserves that or not. */
  readonly charges: StateRow['charges']
}

type PlacedColumns =
  | 'state'
  | 'expiresAt'
  | 'remindAt'
  | 'reminders'
  | 'escalated'
  | 'runAt'
  | 'acceptedOutcome'
  | 'approved'
  | 'charges'
  | 'amountMinor'
  | 'workspaceEpoch'
  | 'scopeEpoch'

export type PlaceOptions = {
  readonly category: Category
  readonly givenExpiry: Date | null
  readonly zone: string
  /** How the policy has a waiting card speak up; absent: as usual. */
  readonly approvals?: ApprovalsPolicy | undefined
  readonly workspaceEpoch: number
  /**
   * By window, what the counters hold for it already (the version it replaces): not counted twice. Negative: what is
   * still to come.
   */
  readonly alreadyReserved?: ReadonlyMap<string, number>
}

/**
 * Puts a checked proposal where its verdict and level lead, with its clocks. Locks the budget rows where it costs
 * something, so that of two proposals that overrun the cap together one fits; the caller reserves by inserting or
 * moving. The domain decides; the counters only choose.
 */
export async function placeProposal(
  ctx: Pick<Context, 'compiled' | 'judge'>,
  tx: Transaction,
  evaluated: Evaluated,
  options: PlaceOptions,
): Promise<Placed> {
  const counters = await countersFor(tx, evaluated, options.alreadyReserved ?? new Map())
  const observed = await observe(ctx, tx, evaluated, { counters: counters ?? new Map(), held: new Map() })
  const settled = settleCharges(evaluated.charges, (row) => committedIn(counters?.get(row)))
  const { verdict, route } = evaluated.place({ observed, counters, charges: settled })
  const charges = heldCharges({ charges: settled })
  return {
    verdict,
    charges,
    place: {
      ...clocksFor(route, { ...options, timing: evaluated.timing }, tx.now),
      acceptedOutcome: route.state === 'awaiting_approval' ? null : verdict.outcome,
      approved: false,
      charges: holdingIn(route.state) === 'none' ? [] : charges,
      amountMinor: evaluated.amountMinor,
      workspaceEpoch: options.workspaceEpoch,
      scopeEpoch: evaluated.scopeEpoch,
    },
  }
}

/** What is committed in a row by now. */
export const committedIn = (row: Pick<Counters, 'committed' | 'carried'> | undefined): number =>
  row ? row.committed + row.carried : 0

/** The counters that the verdict depends on; null: it depends on none, because nothing is spent or there is room. */
async function countersFor(
  tx: Transaction,
  { charges }: Evaluated,
  alreadyReserved: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<string, Counters> | null> {
  if (charges.length === 0) return null
  // What a daily budget is charged shows in the locked rows alone.
  let hasRoom = dailyRowsOf(charges).length === 0
  for (const { window, amountMinor, limits, runs } of charges) {
    const more = amountMinor - (alreadyReserved.get(window) ?? 0)
    hasRoom = hasRoom && runs === undefined && (await tx.hasRoom(window, more, roomOf(limits)))
  }
  if (hasRoom) return null
  const counters = new Map<string, Counters>()
  for (const { window } of charges) {
    const row = await tx.lockBudget(window)
    counters.set(window, { ...row, reserved: row.reserved - (alreadyReserved.get(window) ?? 0) })
  }
  return counters
}

type ClockOptions = Pick<PlaceOptions, 'category' | 'givenExpiry' | 'zone' | 'approvals'> & { readonly timing: Timing }

/** The state that a route leads to, with the clocks that run there. */
export function clocksFor(
  route: Route,
  options: ClockOptions,
  now: Date,
): Pick<StateRow, 'state' | 'expiresAt' | 'remindAt' | 'reminders' | 'escalated' | 'runAt'> {
  const none = { expiresAt: null, remindAt: null, reminders: 0, escalated: false, runAt: null }
  const { state } = route
  if (state === 'awaiting_approval') return { ...waitingClocks(options, now), state }
  if (isFinal(state)) return { ...none, state }
  const runAt = 'runAt' in route ? route.runAt : now
  const expiresAt = earlier(options.givenExpiry, lastMoment(options.timing))
  return { ...none, state, runAt, expiresAt }
}

/** Fresh clocks of a card that waits for a person. */
export function waitingClocks(
  options: ClockOptions,
  now: Date,
): Pick<StateRow, 'expiresAt' | 'remindAt' | 'reminders' | 'escalated' | 'runAt'> {
  const slotAt = decideBy(options.timing)
  const waiting: Waiting = { since: now, slotAt, category: options.category, zone: options.zone }
  const expiresAt = earlier(options.givenExpiry, expiryOf(waiting))
  return {
    expiresAt,
    remindAt: firstWakeUp(options.approvals, waiting, expiresAt),
    reminders: 0,
    escalated: false,
    runAt: null,
  }
}

/** The earlier of two times that may not be. */
export function earlier(a: Date | null, b: Date | null): Date | null {
  if (a === null || b === null) return a ?? b
  return a < b ? a : b
}
