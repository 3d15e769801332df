import type { Category, Channel } from '../domain/category.ts'
import type { Json } from '../domain/canonical.ts'
import type { Effect, Risk } from '../domain/effect.ts'
import type { Difference } from '../domain/differences.ts'
import type { Money } from '../domain/money.ts'
import type { GivenIdentifier } from '../domain/recipients/identifier.ts'
import type { Result } from '../domain/result.ts'
import type { PlatformError, Session } from './platform.ts'

/** A parsed input: plain JSON, unknown fields refused. */
export type Input = { readonly [field: string]: Json | undefined }

/** One field of a kind's input, enough to draw a form, a modal or a tool schema without zod. */
export type Field = {
  readonly name: string
  readonly label: string
  readonly type: 'text' | 'long_text' | 'email' | 'number' | 'boolean' | 'choice' | 'date_time' | 'list' | 'record'
  readonly required: boolean
  readonly options?: readonly { readonly value: string; readonly label: string }[]
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly help?: string
  /** False for what points at a thing on the platform (an id): editing it would be another action. */
  readonly editable: boolean
  /** Changes nothing that reaches the platform or a person (an internal label); left out of the payload hash. */
  readonly cosmetic: boolean
  /** Whether it holds the platform's own ids of people, by which they are found when they are to be forgotten. */
  readonly person?: boolean
}

export type InputProblem = { readonly path: string; readonly says: string }

export type PreviewLine = { readonly label: string; readonly value: string }

/** What the approver reads. Pure: built from the same parsed input (and bound facts) that runs. */
export type Preview = {
  /** What will be so, in the words of a good assistant, without "Ready:" or "Done:" and without a full stop. */
  readonly title: string
  /** The same in the past tense, for *Done* ("your newsletter went to 1,200 people"). */
  readonly done: string
  readonly lines: readonly PreviewLine[]
  readonly imageUrl?: string
  readonly openUrl?: string
}

export type BoundValue = { readonly label: string; readonly value: Json; readonly text: string }

/** What an approval binds on the platform besides the input: read when the card is drawn and again at dispatch. */
export type Facts = {
  /** Part of the payload hash, in this order; a difference at dispatch is named by its label. */
  readonly bound: readonly BoundValue[]
  /** How many people it reaches. */
  readonly people: number
  /** Size of the list it is drawn from; null where there is none. */
  readonly listSize: number | null
  /** Everything a person will read, for the guardrails. */
  readonly texts: readonly string[]
  /** The segment and the regions that it reaches, as the platform tells. */
  readonly segment?: string
  readonly regions?: readonly string[]
  /** The time zones that its recipients are in, each once. */
  readonly zones?: readonly string[]
  readonly imageUrl?: string
  readonly openUrl?: string
  /** What the gate found of the people it is for; `people` is then how many of them it reaches. */
  readonly reach?: {
    readonly of: number
    /** "1,160 of 1,200; 12 withdrew, 28 had 3 this week" */
    readonly says: string
  }
}

/** Somebody whom an action would reach, as the platform has them. */
export type Recipient = {
  readonly identifiers: readonly GivenIdentifier[]
  /** What the platform itself says of them on the kind's channel; it reaches nobody who is unsubscribed or cleaned. */
  readonly says: 'subscribed' | 'unsubscribed' | 'cleaned' | 'unknown'
  /** When they said so; null: the platform does not tell. */
  readonly since: Date | null
}

/** Everybody whom an action is for; or why that cannot be read, in a sentence that says what could be. */
export type Recipients =
  | { readonly kind: 'read'; readonly recipients: readonly Recipient[] }
  | { readonly kind: 'unreadable'; readonly says: string }

export type Call = {
  /** The action's id. */
  readonly key: string
  /** Whom alone it may reach, of those that `recipients` named; absent: all it is for. Only for kinds that leave out. */
  readonly only?: readonly Recipient[]
}

export type Receipt = {
  /** The platform's id of what was made or changed. */
  readonly reference: string
  /** The state of the touched fields after the call, to see later whether somebody changed them since. */
  readonly after: Json
  readonly openUrl?: string
}

export type { Difference } from '../domain/differences.ts'

export type Found = { readonly found: true; readonly receipt: Receipt } | { readonly found: false }

/** Taking back. A compensating undo makes good with a second write; an exact one restores the before-state. */
export type UndoSteps = {
  /** What somebody changed on the platform since our receipt; empty: nothing. */
  changedSince(
    input: Input,
    before: Json,
    receipt: Receipt,
    session: Session,
  ): Promise<Result<readonly Difference[], PlatformError>>
  run(
    input: Input,
    before: Json,
    receipt: Receipt,
    session: Session,
  ): Promise<Result<{ readonly after: Json }, PlatformError>>
  /** Whether the undo already happened, after a lost answer. */
  lookUp(input: Input, before: Json, receipt: Receipt, session: Session): Promise<Result<boolean, PlatformError>>
}

/** What everyone may know of an action kind; made by `connectors/define.ts` from one zod schema. */
export type Kind = {
  /** `platform.noun.verb` */
  readonly id: string
  /** In a marketer's words: "Send a campaign". */
  readonly title: string
  readonly platform: string
  readonly category: Category
  readonly channel: Channel
  readonly risk: Risk
  readonly effect: Effect
  /** Whether people outside the business receive something by it: quiet hours and exposure apply. */
  readonly reachesPeople: boolean
  /** The platform's permissions that it needs. */
  readonly scopes: readonly string[]
  readonly fields: readonly Field[]
  readonly jsonSchema: Json
  /** What the reference of its receipt is the platform's id of, where that is somebody. */
  readonly refersTo?: 'person'
  /** At most 20,000: an effect must end within the 30 s that a Worker gives after its answer. */
  readonly timeoutMs: number
  /** How long after a lost answer the platform may still be working on the call. */
  readonly settlesAfterMs: number
  /** Whether "not found" by `lookUp` proves that nothing happened. */
  readonly authoritative: boolean

  parse(input: unknown): Result<Input, readonly InputProblem[]>
  preview(input: Input, facts: Facts | null): Preview
  /** How many people it touches, where the input alone says so. Kinds with `readFacts` take the count from there. */
  people(input: Input): number
  /** What it costs besides the policy's price per person, in the platform's currency; null: nothing. */
  cost?(input: Input, facts: Facts | null): Money | null
  /**
   * The daily budget that it sets, whole, in the platform's currency, where it does; it names its `campaign`. What that
   * commits is counted by the gate and belongs in no `cost`. Zero: it pauses the campaign. Null: it sets none.
   */
  dailyBudget?(input: Input, facts: Facts | null): Money | null
  /** The number it changes on the platform (a daily budget, a price), before and after; null: not known yet. */
  change?(input: Input, facts: Facts | null): { readonly before: number; readonly after: number } | null
  /** The campaign on the platform that it belongs to; null: none. */
  campaign?(input: Input): string | null
  /** Names whom it reaches: the same name is the same audience. Null: nobody. */
  audience?(input: Input, facts: Facts | null): string | null
  /**
   * When it is to happen, where the input says so; null: as soon as it may. The gate holds it until then and `run` does it
   * at once: what a platform would do later by itself no stop could hold, nor anybody's withdrawal reach.
   */
  plannedAt?(input: Input): Date | null
  /** Present where the approval binds things that live on the platform, or the audience has to be counted there. */
  readFacts?(input: Input, session: Session): Promise<Result<Facts, PlatformError>>
  /** What stands in the way now (in a marketer's words); empty: nothing. Also proves that the connection is alive. */
  preflight(input: Input, session: Session): Promise<Result<readonly string[], PlatformError>>
  /** The touched fields as they are, for undo. */
  beforeState(input: Input, session: Session): Promise<Result<Json, PlatformError>>
  /** Present where it reaches people whose consent counts: whom, by name. Reads every page. */
  recipients?(input: Input, session: Session): Promise<Result<Recipients, PlatformError>>
  /** Whether `run` can reach some of them and leave out the others. */
  readonly leavesOut?: boolean
  run(input: Input, before: Json, session: Session, call: Call): Promise<Result<Receipt, PlatformError>>
  /** Whether it already happened, after a lost answer. */
  lookUp(
    input: Input,
    before: Json,
    session: Session,
    call: { readonly key: string },
  ): Promise<Result<Found, PlatformError>>
  readonly undo?: UndoSteps
  /** *Send me a test*. */
  sendTest?(input: Input, email: string, session: Session): Promise<Result<void, PlatformError>>
}

/** All kinds of this installation. */
export type Kinds = { get(id: string): Kind | undefined; readonly all: readonly Kind[] }
