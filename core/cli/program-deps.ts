import type { Result } from '../domain/result.ts'

/** Everything that the command needs from the process, so that tests run it in theirs. */
export type ProgramDeps = {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  readonly env: Readonly<Record<string, string | undefined>>
  /** Null: there is no such file. */
  readonly readFile: (path: string) => Promise<string | null>
  /** Null: there is no such file. */
  readonly readLines: (path: string) => AsyncIterable<string> | null
  /** A sentence on why it could not. */
  readonly writeLines: (path: string, lines: AsyncIterable<string>) => Promise<Result<void, string>>
  /** Whether an Ed25519 key (raw, base64) signed the text (base64). */
  readonly verifySignature: (publicKey: string, text: string, signature: string) => boolean
  /** Null: nothing is piped in. */
  readonly stdin: () => Promise<string | null>
  /** Brings the database up to date; answers the names of what was applied, or a sentence on why it could not. */
  readonly migrate: () => Promise<Result<readonly string[], string>>
  /** Writes what an installation needs into the database, from the settings; answers the workspace, or why it could not. */
  readonly install: () => Promise<Result<string, string>>
}
