import { z } from 'zod'
import { canonicalJson, type Json } from '../core/domain/canonical.ts'
import type { Category, Channel } from '../core/domain/category.ts'
import type { Effect, Risk } from '../core/domain/effect.ts'
import { err, ok, type Result } from '../core/domain/result.ts'
import type { Call, Difference, Facts, Found, Input, Kind, Preview, Receipt, Recipients } from '../core/ports/kind.ts'
import type { ConnectionId } from '../core/domain/ids.ts'
import type { Money } from '../core/domain/money.ts'
import type { PlatformError, Session } from '../core/ports/platform.ts'
import { fieldsOf, jsonSchemaOf, type FieldWords } from './fields.ts'
import { problemsOf } from './input-problems.ts'

/** What a platform call gives back inside a connector. */
export type Answer<T> = Promise<Result<T, PlatformError>>

type ReceiptOf<After extends Json> = { readonly reference: string; readonly after: After; readonly openUrl?: string }

type FoundAs<After extends Json> =
  | { readonly found: true; readonly receipt: ReceiptOf<After> }
  | { readonly found: false }

export type UndoSpec<Client, In, Before extends Json, After extends Json> = {
  changedSince(input: In, before: Before, receipt: ReceiptOf<After>, client: Client): Answer<readonly Difference[]>
  run(input: In, before: Before, receipt: ReceiptOf<After>, client: Client): Answer<{ readonly after: Json }>
  lookUp(input: In, before: Before, receipt: ReceiptOf<After>, client: Client): Answer<boolean>
}

export type KindSpec<Client, Schema extends z.ZodObject, Before extends Json, After extends Json> = {
  readonly id: `${string}.${string}.${string}`
  readonly title: string
  readonly category: Category
  readonly channel: Channel
  readonly risk: Risk
  readonly effect: Effect
  readonly reachesPeople: boolean
  readonly scopes: readonly string[]
  readonly timeoutMs: number
  readonly settlesAfterMs: number
  readonly authoritative: boolean
  /** A strict object whose parsing is idempotent: what was parsed once parses to itself. */
  readonly input: Schema
  readonly fields: { readonly [Name in keyof z.output<Schema>]-?: FieldWords }
  /** The before-state and what a receipt remembers; both come back from the database and are parsed again. */
  readonly before: z.ZodType<Before>
  readonly after: z.ZodType<After>
  preview(input: z.output<Schema>, facts: Facts | null): Preview
  /** One where absent. */
  people?(input: z.output<Schema>): number
  /** The daily budget that it sets for its campaign, whole; zero pauses it. */
  readonly dailyBudget?: (input: z.output<Schema>, facts: Facts | null) => Money | null
  readonly campaign?: (input: z.output<Schema>) => string | null
  readonly audience?: (input: z.output<Schema>, facts: Facts | null) => string | null
  /** When it is to happen, where the input says so: the gate holds it until then. */
  readonly plannedAt?: (input: z.output<Schema>) => Date | null
  readonly readFacts?: (input: z.output<Schema>, client: Client) => Answer<Facts>
  preflight(input: z.output<Schema>, client: Client): Answer<readonly string[]>
  beforeState(input: z.output<Schema>, client: Client): Answer<Before>
  /** Whom it is for, where their consent counts. */
  readonly recipients?: (input: z.output<Schema>, client: Client) => Answer<Recipients>
  /** Whether `run` heeds `only`. */
  readonly leavesOut?: boolean
  run(input: z.output<Schema>, before: Before, client: Client, call: Call): Answer<ReceiptOf<After>>
  lookUp(input: z.output<Schema>, before: Before, client: Client): Answer<FoundAs<After>>
  readonly undo?: UndoSpec<Client, z.output<Schema>, Before, After>
  /** What a receipt's reference is the platform's id of, where that is somebody. */
  readonly refersTo?: 'person'
  readonly sendTest?: (input: z.output<Schema>, email: string, client: Client) => Answer<void>
}

/** A session as its own connector sees it. */
type OpenSession<Client> = Session & { readonly client: (timeoutMs: number) => Client }

/** A session that carries a platform's client; each method of a kind takes one with its own deadline. */
export function openSession<Client>(
  platform: string,
  connectionId: ConnectionId,
  client: (timeoutMs: number) => Client,
): Session {
  const session: OpenSession<Client> = { platform, connectionId, client }
  return session
}

/** The platform's client that a session carries, with a deadline over all its calls. */
export function clientOf<Client>(session: Session, platform: string, timeoutMs: number): Client {
  if (session.platform !== platform || !('client' in session)) {
    throw new Error(`A ${platform} kind was given a session of ${session.platform}`)
  }
  // safe: only `openSession` makes sessions with a client, and each platform has one kind of client
  return (session as OpenSession<Client>).client(timeoutMs)
}

/** The `defineKind` of one platform: a kind is one zod schema and typed methods; all else is derived. */
export function kindsOf<Client>(platform: string) {
  return function defineKind<Schema extends z.ZodObject, Before extends Json, After extends Json>(
    spec: KindSpec<Client, Schema, Before, After>,
  ): Kind {
    const open = (session: Session) => clientOf<Client>(session, platform, spec.timeoutMs)
    // What reaches a method was parsed before; parsing again is cheaper than believing it.
    const inputOf = (input: Input) => spec.input.parse(input)
    const beforeOf = (before: Json) => spec.before.parse(before)
    // Reckoned when they are first asked for: a start would do it for every kind that there is.
    let fields: Kind['fields'] | undefined
    let jsonSchema: Kind['jsonSchema'] | undefined
    const { audience, campaign, dailyBudget, plannedAt, readFacts, recipients, sendTest, undo } = spec
    return {
      ...declared(platform, spec),
      get fields() {
        return (fields ??= fieldsOf(spec.input, spec.fields))
      },
      get jsonSchema() {
        return (jsonSchema ??= jsonSchemaOf(spec.input, spec.fields))
      },
      parse: (input) => parseInput(spec.input, input),
      preview: (input, facts) => spec.preview(inputOf(input), facts),
      people: (input) => spec.people?.(inputOf(input)) ?? 1,
      preflight: (input, session) => spec.preflight(inputOf(input), open(session)),
      beforeState: (input, session) => spec.beforeState(inputOf(input), open(session)),
      run: (input, before, session, call) => spec.run(inputOf(input), beforeOf(before), open(session), call),
      lookUp: (input, before, session): Answer<Found> => spec.lookUp(inputOf(input), beforeOf(before), open(session)),
      ...(dailyBudget && { dailyBudget: (input, facts) => dailyBudget(inputOf(input), facts) }),
      ...(campaign && { campaign: (input) => campaign(inputOf(input)) }),
      ...(audience && { audience: (input, facts) => audience(inputOf(input), facts) }),
      ...(plannedAt && { plannedAt: (input) => plannedAt(inputOf(input)) }),
      ...(readFacts && { readFacts: (input, session) => readFacts(inputOf(input), open(session)) }),
      ...(recipients && { recipients: (input, session) => recipients(inputOf(input), open(session)) }),
      ...(sendTest && { sendTest: (input, email, session) => sendTest(inputOf(input), email, open(session)) }),
      ...(undo && { undo: undoSteps(spec, undo, open) }),
    }
  }
}

function declared<Client, Schema extends z.ZodObject, Before extends Json, After extends Json>(
  platform: string,
  spec: KindSpec<Client, Schema, Before, After>,
) {
  return {
    id: spec.id,
    title: spec.title,
    platform,
    category: spec.category,
    channel: spec.channel,
    risk: spec.risk,
    effect: spec.effect,
    reachesPeople: spec.reachesPeople,
    scopes: spec.scopes,
    timeoutMs: spec.timeoutMs,
    settlesAfterMs: spec.settlesAfterMs,
    authoritative: spec.authoritative,
    leavesOut: spec.leavesOut ?? false,
    ...(spec.refersTo && { refersTo: spec.refersTo }),
  }
}

function undoSteps<Client, Schema extends z.ZodObject, Before extends Json, After extends Json>(
  spec: KindSpec<Client, Schema, Before, After>,
  undo: UndoSpec<Client, z.output<Schema>, Before, After>,
  open: (session: Session) => Client,
): NonNullable<Kind['undo']> {
  const args = (input: Input, before: Json, receipt: Receipt) =>
    [
      spec.input.parse(input),
      spec.before.parse(before),
      { ...receipt, after: spec.after.parse(receipt.after) },
    ] as const
  return {
    changedSince: (input, before, receipt, session) =>
      undo.changedSince(...args(input, before, receipt), open(session)),
    run: (input, before, receipt, session) => undo.run(...args(input, before, receipt), open(session)),
    lookUp: (input, before, receipt, session) => undo.lookUp(...args(input, before, receipt), open(session)),
  }
}

function parseInput(schema: z.ZodObject, input: unknown): ReturnType<Kind['parse']> {
  const read = schema.safeParse(input)
  if (!read.success) return err(problemsOf(read.error, input))
  // safe: a kind's schema is made of JSON types alone; the registry's test holds every kind to that
  return ok(read.data as Input)
}

/** Which of the named values differ, in the words of the labels. */
export function differences(
  labels: Readonly<Record<string, string>>,
  was: Readonly<Record<string, Json | undefined>>,
  is: Readonly<Record<string, Json | undefined>>,
): readonly Difference[] {
  const found: Difference[] = []
  for (const [name, label] of Object.entries(labels)) {
    const [before, now] = [was[name] ?? null, is[name] ?? null]
    if (canonicalJson(before) !== canonicalJson(now)) found.push({ label, was: asText(before), is: asText(now) })
  }
  return found
}

function asText(value: Json): string {
  if (value === null || value === '') return 'empty'
  return typeof value === 'string' ? value : canonicalJson(value)
}

/** Two JSON values with the same canonical text. */
export const same = (one: Json, other: Json): boolean => canonicalJson(one) === canonicalJson(other)
