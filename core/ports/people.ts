import type { State } from '../domain/action-states.ts'
import type { Channel } from '../domain/category.ts'
import type { ActionId, AgentId, ConsentId, MemberId, PersonId, PlanId, SuppressionId } from '../domain/ids.ts'
import type { ConsentStatement } from '../domain/recipients/latest-consent.ts'
import type { IdentifierKind } from '../domain/recipients/identifier.ts'
import type { Standing } from '../domain/recipients/reach.ts'
import type { SuppressionReason } from '../domain/recipients/suppression.ts'

/** An identifier as it is kept: digests under every key of the installation, the current one first. */
export type Identified = { readonly kind: IdentifierKind; readonly digests: readonly [string, ...string[]] }

export type ConsentRow = ConsentStatement & {
  readonly id: ConsentId
  readonly personId: PersonId
  readonly channel: Channel
  readonly source: string
  readonly recordedAt: Date
  /** Null: read on a platform. */
  readonly byId: MemberId | null
}

export type SuppressionRow = {
  readonly id: SuppressionId
  readonly digest: string
  readonly kind: IdentifierKind
  /** Null: on all of them. */
  readonly channel: Channel | null
  readonly reason: SuppressionReason
  readonly at: Date
  /** Null: a platform told of it. */
  readonly byId: MemberId | null
}

export type ExposureRow = {
  readonly digest: string
  readonly channel: Channel
  readonly agentId: AgentId | null
  readonly at: Date
}

/** Everything that is kept of a person (or of identifiers whose person was forgotten), in the order in which it happened. */
export type PersonRecord = {
  readonly identifiers: readonly { readonly kind: IdentifierKind; readonly seenAt: Date }[]
  readonly consents: readonly Pick<ConsentRow, 'channel' | 'standing' | 'source' | 'at' | 'recordedAt'>[]
  readonly suppressions: readonly (Pick<SuppressionRow, 'kind' | 'channel' | 'reason' | 'at'> & {
    readonly liftedAt: Date | null
  })[]
  readonly exposures: readonly {
    readonly actionId: ActionId
    readonly kind: string
    readonly state: State
    readonly channel: Channel
    readonly at: Date
  }[]
}

export type NamedIn = { readonly actionId: ActionId; readonly kind: string; readonly state: State; readonly at: Date }

/** How one person is written in what people and agents propose. */
export type Naming = {
  /** Found where one stands as a whole, in capitals or not. */
  readonly texts: readonly string[]
  /** A platform's own ids of them, found where that platform's actions hold one. */
  readonly ids: readonly {
    readonly platform: string
    readonly id: string
    /** The fields of an input that hold such ids, alone or in a list. */
    readonly fields: readonly string[]
    /** The kinds whose receipts refer to one. */
    readonly kinds: readonly string[]
  }[]
}

export type Redacted = {
  /** Actions that lost their words. */
  readonly actions: number
  readonly plans: number
  /** Of both: how many will when they have ended. */
  readonly open: number
  /** Whose cards show what is no longer so. */
  readonly shown: readonly (ActionId | PlanId)[]
}

/**
 * People outside the business: who they are, what they said about being messaged, what reached them. Whoever writes here,
 * or relies on what is here until the end, holds `lock`.
 */
export type PeopleRows = {
  /** One at a time in a workspace, to the end of the transaction. Before every other budget in the lock order. */
  lock(): Promise<void>
  /** Whose these are, of those who are known, and which of them were forgotten. */
  whose(digests: readonly string[]): Promise<{
    readonly people: ReadonlyMap<string, PersonId>
    readonly forgotten: ReadonlySet<string>
  }>
  add(
    people: readonly PersonId[],
    identifiers: readonly { readonly digest: string; readonly kind: IdentifierKind; readonly personId: PersonId }[],
  ): Promise<void>
  /** What was kept of the others is kept of the one from now on. */
  merge(into: PersonId, others: readonly PersonId[]): Promise<void>
  /** How many are new; the same statement again changes nothing. */
  recordConsents(rows: readonly ConsentRow[]): Promise<number>
  /** How many are new; what is suppressed already stays as it is. */
  suppress(rows: readonly SuppressionRow[]): Promise<number>
  /**
   * Whether anybody at all must not be contacted on that channel, or withdrew other than on the platform itself (by the
   * source, which begins with its name), which reaches nobody who did.
   */
  isAnybodyLeftOut(channel: Channel, platform: string): Promise<boolean>
  /** Null: whatever the channel. */
  liftSuppressions(digests: readonly string[], channel: Channel | null, byId: MemberId): Promise<number>
  /**
   * What is known of each recipient of a message on that channel, given the digests of each (none: `person` is null);
   * the messages are those within `days` of `at`, but for those of the action itself. One statement, however many.
   */
  standings(
    recipients: readonly (readonly string[])[],
    message: { readonly channel: Channel; readonly at: Date; readonly days: number; readonly actionId: ActionId },
  ): Promise<readonly Standing[]>
  /** What reaches whom by this action; takes the place of what an earlier attempt would have reached. */
  replaceExposures(actionId: ActionId, rows: readonly ExposureRow[]): Promise<void>
  recordOf(digests: readonly string[]): Promise<PersonRecord>
  /** Every digest of the people behind these, these included. */
  digestsBehind(
    digests: readonly string[],
  ): Promise<readonly { readonly digest: string; readonly kind: IdentifierKind }[]>
  /** The newest hundred actions that name them. */
  namedIn(named: Naming): Promise<readonly NamedIn[]>
  /**
   * Takes the words out of every ended action and plan that names them, and out of everything else that people wrote of
   * them; keeps which have not ended.
   */
  redactNamed(named: Naming): Promise<Redacted>
  /** The same for what had not ended when somebody was forgotten, and has now. */
  redactEnded(): Promise<Redacted>
  /** Whether there is something for `redactEnded`. */
  hasEnded(): Promise<boolean>
  /** Whether the settings name them: then `redactNamed` writes there, and the control row is locked before. */
  isInSettings(texts: readonly string[]): Promise<boolean>
  /** Everything but suppressions goes; how many people it was. */
  forget(digests: readonly string[]): Promise<number>
}
