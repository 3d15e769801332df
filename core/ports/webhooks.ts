import type { Channel } from '../domain/category.ts'
import type { GivenIdentifier } from '../domain/recipients/identifier.ts'
import type { ConsentStatement } from '../domain/recipients/latest-consent.ts'
import type { Result } from '../domain/result.ts'

/** What a platform tells by itself of one person. */
export type PersonNews = {
  /** All of them are this person's. */
  readonly identifiers: readonly GivenIdentifier[]
  /** What they said there; null: nothing, only who they are is new. */
  readonly said: (ConsentStatement & { readonly channel: Channel; readonly source: string }) | null
}

/** What platforms send by themselves. */
export type Webhooks = {
  /** The platforms that do. */
  readonly platforms: readonly string[]
  /** Reads what a platform sent; the error says what was wrong with it. Throws for a platform that sends nothing. */
  read(platform: string, body: string): Result<readonly PersonNews[], string>
}
