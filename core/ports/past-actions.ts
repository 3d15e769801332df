import type { State } from '../domain/action-states.ts'
import type { ActionRow, PayloadRow } from './rows.ts'

/** A past action as its agent proposed it, and what became of it. */
export type PastAction = {
  readonly action: ActionRow
  /** The first version that the gate judged; where none was, the first. */
  readonly payload: PayloadRow
  readonly became: {
    readonly state: State
    readonly approved: boolean
    readonly executedAt: Date | null
    /** What people decided of it, in any order; what was said afterwards is left out. */
    readonly decisions: readonly { readonly decision: string; readonly at: Date; readonly outside: boolean }[]
    /** The rejection, where it holds against the same payload. */
    readonly rejected: { readonly by: string; readonly at: Date; readonly why: string | null } | null
    /** An agent took it back itself. */
    readonly undoneByAgent: boolean
    /** Seconds that a person had to look at it at most, by their presses in Slack; null: not known. */
    readonly lookedAtMostSeconds: number | null
  }
}

/** What was proposed between two instants; `after`: only ids above it. */
export type PastStretch = { readonly since: Date; readonly until: Date }

/** What was proposed in the past, to be judged again; reads only, oldest first. */
export type PastActionRows = {
  count(stretch: PastStretch): Promise<number>
  page(stretch: PastStretch & { readonly after: string; readonly limit: number }): Promise<readonly PastAction[]>
}
