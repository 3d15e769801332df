import type { Disk, ProgramName } from './arguments.ts'

export const LEVELS = [1, 16, 64] as const
export type Level = (typeof LEVELS)[number]

/** Rates by round, in the order of the rounds. */
export type Rates = number[]

export type JobRuns = {
  readonly rates: Rates
  /** Server and database together, in milliseconds for each action. */
  readonly cpuMs: number[]
  /** The database's part of it. */
  readonly databaseCpuMs: number[]
  readonly p50: number[]
  readonly p95: number[]
  failed: number
}

/** Of one whole action, or of one proposal. */
export type Counted = {
  readonly walBytes: number
  readonly row_versions: number
  readonly transactions: number
  readonly statements: number
  readonly fsyncs: number
}

export type Growth = {
  /** Median of one at a time in milliseconds, and as a multiple of the floor's in the same minute. */
  readonly before: { readonly p50: number; readonly floors: number }
  readonly after: { readonly p50: number; readonly floors: number }
  /** Each proposal in a workspace that was never seen before. */
  readonly coldP50: number
  readonly ratio: number
}

export type ProgramResults = {
  readonly propose: Partial<Record<Disk, Record<Level, Rates>>>
  readonly job: Partial<Record<Disk, JobRuns>>
  /** Click to effect in milliseconds, one at a time. */
  clicks?: { readonly p50: number; readonly p95: number; readonly n: number; readonly failed: number }
  action?: Counted
  proposal?: Counted
  twice?: { readonly most: number; readonly least: number }
  /** Why it is missing. */
  failed?: string
}

export type Results = {
  readonly at: string
  readonly machine: { readonly cores: number; readonly model: string; readonly memoryGb: number; readonly node: string }
  readonly postgres: string
  readonly versions: Readonly<Record<string, string>>
  readonly floor: { readonly sha256: string; readonly commit: string | null }
  readonly gateCommit: string | null
  readonly settings: { readonly rounds: number; readonly seconds: number }
  readonly programs: Partial<Record<ProgramName, ProgramResults>>
  hot?: { readonly [Atonce in 16 | 64]: { readonly hot: Rates; readonly many: Rates } }
  cards?: {
    readonly with: { readonly rates: Rates; readonly cpuMs: number[] }
    readonly without: { readonly rates: Rates; readonly cpuMs: number[] }
  }
  settlementWalBytes?: number
  memory?: { readonly before: number; readonly after: number; readonly peak: number; readonly pending: number }
  growth?: Growth
  million?: {
    readonly propose: { readonly before: number; readonly after: number }
    readonly list: { readonly before: number; readonly after: number }
  }
  seconds?: number
}
