import { dailyRowsOf, laterWindows, settleCharges, takeBack, timeWindowOf } from '../domain/daily-budget.ts'
import type { HeldCharge } from '../domain/money-by-state.ts'
import type { StoredAction } from '../ports/rows.ts'
import type { Transaction } from '../ports/transaction.ts'
import { calendarDaysBetween, dayWindow, daysLeft, monthWindow, weekWindow } from '../rules/calendar.ts'
import type { Move } from './dependencies.ts'
import { committedIn } from './place-proposal.ts'

const WINDOW_OF = { day: dayWindow, week: weekWindow, month: monthWindow } as const

type Charges = { readonly charges?: readonly HeldCharge[] }

/**
 * What an action holds once it was executed. A daily budget replaces what is committed for its campaign by now, also
 * where that changed after the claim. Call before anything of the move is locked.
 */
export async function executedCharges(tx: Move, { state }: StoredAction): Promise<Charges> {
  if (dailyRowsOf(state.charges).length === 0) return {}
  const committed = await lockAll(
    tx,
    state.charges.map(({ window }) => window),
  )
  const charges = settleCharges(state.charges, committed)
  await raiseLater(tx, charges, () => true)
  return { charges }
}

/** What it holds once it was taken back; the same, with the windows of today. */
export async function undoneCharges(tx: Move, { state }: StoredAction): Promise<Charges> {
  const held = state.charges
  if (dailyRowsOf(held).length === 0) return {}
  const { timeZone } = (await tx.snapshot()).workspace
  const now = (period: keyof typeof WINDOW_OF) => ({
    name: WINDOW_OF[period](tx.now, timeZone).name,
    daysLeft: daysLeft(period, tx.now, timeZone),
  })
  const current = held.flatMap(({ window, daily }) => {
    const at = daily ? timeWindowOf(window) : null
    return at ? [`${at.budget}${at.period}:${now(at.period).name}`] : []
  })
  const committed = await lockAll(tx, [...held.map(({ window }) => window), ...current])
  const daysSince = calendarDaysBetween(state.executedAt ?? tx.now, tx.now, timeZone)
  const charges = takeBack(held, committed, now, daysSince)
  const was = new Map(held.map((charge) => [charge.window, charge.amountMinor]))
  const moved = charges.map((charge) => ({
    ...charge,
    amountMinor: charge.amountMinor - (was.get(charge.window) ?? 0),
  }))
  await raiseLater(tx, moved, (window) => current.includes(window))
  return { charges }
}

/**
 * Whether another change of the same campaign is on its way, or was since a look at the platform began: which of two
 * would be the last could not be said, nor what an undo would come back to.
 */
export async function isCampaignBusy(
  tx: Transaction,
  { action }: StoredAction,
  charges: readonly HeldCharge[],
  since: Date,
) {
  const rows = dailyRowsOf(charges)
  return rows.length > 0 && (await tx.isUnderWay(rows, action.id, since))
}

/** Whether taking it back has more run a day again than by now. Its rows are locked. */
export async function spendsAgain(tx: Transaction, { state }: StoredAction): Promise<boolean> {
  for (const { daily } of state.charges)
    if (daily && daily.fromMinor > committedIn(await tx.lockBudget(daily.row))) return true
  return false
}

/** Says so of something that was done, under the locks of its rows. */
export async function isBusySince(tx: Transaction, stored: StoredAction, since: Date): Promise<boolean> {
  const { charges } = stored.state
  for (const row of dailyRowsOf(charges).toSorted()) await tx.lockBudget(row)
  return await isCampaignBusy(tx, stored, charges, since)
}

/** Tells the windows that come after those which were charged, of these alone. The rows of what runs a day are locked. */
async function raiseLater(tx: Move, charges: readonly HeldCharge[], isOf: (window: string) => boolean): Promise<void> {
  for (const later of laterWindows(charges))
    await tx.raiseLater({ ...later, after: later.after.filter((window) => isOf(window)) })
}

/** Locks rows in their order, with the windows that come after them; says what is committed in each by now. */
async function lockAll(tx: Transaction, windows: readonly string[]): Promise<(row: string) => number> {
  const committed = new Map<string, number>()
  const later = await tx.laterBudgets(windows)
  for (const window of [...new Set([...windows, ...later])].sort())
    committed.set(window, committedIn(await tx.lockBudget(window)))
  return (row) => committed.get(row) ?? 0
}
