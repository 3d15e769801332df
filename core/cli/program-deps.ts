import type { Result } from '../domain/result.ts'

/** Everything that the command needs from the process, so that tests run it in theirs. */
export type ProgramDeps = {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  readonly env: Readonly<Record<string, string | undefined>>
  /** Null: there is no such file. */
  readonly readFile: (path: string) => Promise<string | null>
  /** Null: nothing is piped in. */
  readonly stdin: () => Promise<string | null>
  /** Brings the database up to date; answers the names of what was applied, or a sentence on why it could not. */
  readonly migrate: () => Promise<Result<readonly string[], string>>
}
