import { dailyRowsOf, laterWindows, settleCharges, takeBack, timeWindowOf } from '../domain/daily-budget.ts'
import type { HeldCharge } from '../domain/money-by-state.ts'
import type { StoredAction } from '../ports/rows.ts'
import type { Transaction } from '../ports/transaction.ts'
import { dayWindow, daysLeft, monthWindow, weekWindow } from '../rules/calendar.ts'
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
  for (const later of laterWindows(charges)) await tx.raiseLater(later)
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
  const charges = takeBack(held, committed, now)
  const was = new Map(held.map((charge) => [charge.window, charge.amountMinor]))
  const moved = charges.map((charge) => ({
    ...charge,
    amountMinor: charge.amountMinor - (was.get(charge.window) ?? 0),
  }))
  for (const later of laterWindows(moved)) await tx.raiseLater(laterThan(later, current))
  return { charges }
}

/** Whether another change of the same campaign is on its way: which of two would be the last could not be said. */
export async function isCampaignBusy(tx: Transaction, { action }: StoredAction, charges: readonly HeldCharge[]) {
  const rows = dailyRowsOf(charges)
  return rows.length > 0 && (await tx.isUnderWay(rows, action.id))
}

/** Whether taking it back has more run a day again than by now. Its rows are locked. */
export async function spendsAgain(tx: Transaction, { state }: StoredAction): Promise<boolean> {
  for (const { daily } of state.charges)
    if (daily && daily.fromMinor > committedIn(await tx.lockBudget(daily.row))) return true
  return false
}

/** Says so of something that was done, under the locks of its rows. */
export async function isBusySince(tx: Transaction, stored: StoredAction): Promise<boolean> {
  const { charges } = stored.state
  for (const row of dailyRowsOf(charges).toSorted()) await tx.lockBudget(row)
  return await isCampaignBusy(tx, stored, charges)
}

const laterThan = <T extends { readonly after: readonly string[] }>(later: T, current: readonly string[]): T => ({
  ...later,
  after: later.after.filter((window) => current.includes(window)),
})

/** Locks rows in their order; says what is committed in each by now. */
async function lockAll(tx: Transaction, windows: readonly string[]): Promise<(row: string) => number> {
  const committed = new Map<string, number>()
  for (const window of [...new Set(windows)].sort()) committed.set(window, committedIn(await tx.lockBudget(window)))
  return (row) => committed.get(row) ?? 0
}
