import type { Command } from 'commander'
import type { Result } from '../domain/result.ts'
import type { Failure } from './failure.ts'
import type { GateClient } from './gate-client.ts'

/** What a command found: for people, and for machines. */
export type Shown = {
  readonly text: string
  readonly json: unknown
  /** Set where the answer itself is bad news, such as a gate that is not ready. */
  readonly exitCode?: number
}

export type Outcome = Promise<Result<Shown, Failure>>

/** Runs the work of a command with a client of the gate that its options name, and shows the outcome. */
export type Run = (command: Command, work: (gate: GateClient) => Outcome) => Promise<void>

/** The same without a gate. */
export type RunAlone = (command: Command, work: () => Outcome) => Promise<void>

/** Words from the gate, without what would steer the terminal. */
export const plain = (words: string): string => words.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim()

/** Rows under a heading, each column as wide as its widest cell. */
export function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [heading, ...rows.map((row) => row.map(plain))]
  const widths = heading.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  return all
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** An amount of minor units as people write it. */
export function amountWords(amount: { readonly minor: number; readonly currency: string } | null): string {
  if (amount === null) return ''
  const format = new Intl.NumberFormat('en', { style: 'currency', currency: amount.currency, currencyDisplay: 'code' })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(amount.minor / 10 ** digits).replaceAll('\u00a0', ' ')
}
