import { LEVELS, type Level } from '../domain/ceiling.ts'
import { BANDS } from '../domain/band.ts'
import { CATEGORIES } from '../domain/category.ts'
import type { Actor } from '../domain/people.ts'
import { err, ok, type Result } from '../domain/result.ts'
import type { InputProblem } from '../ports/kind.ts'
import type { PastStretch } from '../ports/past-actions.ts'
import type { Snapshot } from '../ports/rows.ts'
import { type Backtested, createBacktest, type ReplayedAction } from '../rules/backtest.ts'
import { ASSUMED, becauseWords, notReplayed, summaryWords, didWords, wouldWords } from '../rules/backtest-words.ts'
import { compilePolicy } from '../rules/evaluate.ts'
import type { PolicyDocument } from '../rules/policy.ts'
import { createReplayedUse } from '../rules/replayed-use.ts'
import type { Context } from './dependencies.ts'
import { holdOf } from './evaluate-action.ts'
import { policyInForce } from './policy-at.ts'
import type { Answer } from './gate.ts'
import { mayChange, readGiven } from './policy-in-force.ts'
import { forgetBefore, leftOutWords, type Progress, readPast } from './read-past.ts'
import type { Refusal } from './refusal.ts'
import { type Ladder, type LeftOut, type Replay, replayAction } from './replay-action.ts'
import { createReplayedRecords } from './replayed-records.ts'

export type BacktestRequest = {
  /** The document to replay, or the text of its file; null: the policy in force. */
  readonly policy: unknown
  /** How far back, 1 to 365. */
  readonly days: number
  /** Levels by category or scope instead of those that agents had then; null: as they were. */
  readonly levels: Readonly<Record<string, number>> | null
}

export type BacktestExample = Pick<ReplayedAction, 'id' | 'title' | 'category' | 'at' | 'did' | 'would'> & {
  readonly saysDid: string
  readonly saysWould: string
  /** The reason that made the difference. */
  readonly because: string
}

export type BacktestReport = Omit<Backtested, 'examples'> & {
  readonly examples: readonly BacktestExample[]
  readonly days: number
  readonly since: Date
  readonly until: Date
  /** Past actions that say nothing about a policy. */
  readonly leftOut: readonly { readonly why: string; readonly actions: number }[]
  readonly assumed: readonly string[]
  readonly notReplayed: readonly string[]
  readonly says: string
}

export type BacktestLine = Progress | { readonly line: 'result'; readonly report: BacktestReport }

const MS_PER_DAY = 86_400_000
const MOST_DAYS = 365
const REPLAYED = 'replayed'

/**
 * What another policy or ladder would have done to what was proposed in the last days: progress, then the result. Reads
 * a page at a time, each in a transaction of its own; writes nothing, and stops when nobody reads on.
 */
export async function backtestPolicy(
  ctx: Context,
  actor: Actor,
  request: BacktestRequest,
): Answer<AsyncIterable<BacktestLine>> {
  const may = mayChange(actor)
  if (!may.ok) return may
  const given = checked(request)
  return given.ok ? ok(backtestLines(ctx, actor, request.days, given.value)) : given
}

type Given = { readonly document: PolicyDocument | null; readonly ladder: Ladder }

function checked({ policy, days, levels }: BacktestRequest): Result<Given, Refusal> {
  const malformed = (problems: readonly InputProblem[]) => err<Refusal>({ kind: 'malformed', problems })
  if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS)
    return malformed([{ path: 'days', says: `is a number of days from 1 to ${MOST_DAYS}` }])
  const ladder: Record<string, Level> = {}
  for (const [of, given] of Object.entries(levels ?? {})) {
    const level = LEVELS.find((known) => known === given)
    if (!PLACES.includes(of) || level === undefined)
      return malformed([{ path: `levels.${of}`, says: 'is a category or scope with a level from 1 to 5' }])
    ladder[of] = level
  }
  if (policy === null || policy === undefined) return ok({ document: null, ladder })
  const read = readGiven(policy)
  return read.ok ? ok({ document: read.value.document, ladder }) : read
}

const PLACES: readonly string[] = CATEGORIES.flatMap((category) => [
  category,
  ...BANDS.map((band) => `${category}.${band}`),
])

async function* backtestLines(
  ctx: Context,
  { workspaceId }: Actor,
  days: number,
  { document, ladder }: Given,
): AsyncGenerator<BacktestLine> {
  const { snapshot, stretch, of } = await ctx.store.read(workspaceId, async (tx) => {
    const until = tx.now
    const period: PastStretch = { since: new Date(until.getTime() - days * MS_PER_DAY), until }
    return { snapshot: await tx.snapshot(), stretch: period, of: await tx.past.count(period) }
  })
  const compiled = document && compilePolicy(document)
  const replayed = compiled ? inForce(snapshot, compiled.document) : snapshot
  const replay: Replay = {
    ctx: {
      compiled: (given, hash) => (compiled && hash === REPLAYED ? compiled : ctx.compiled(given, hash)),
      judge: ctx.judge,
    },
    snapshot: replayed,
    ladder,
    holdThen: holdOf(policyInForce(ctx, snapshot).document),
    use: createReplayedUse(),
    records: createReplayedRecords(),
    looks: new Set(),
  }
  const backtest = createBacktest()
  const leftOut = new Map<LeftOut, number>()
  yield* readPast(ctx, workspaceId, { ...stretch, of }, async (page) => {
    for (const past of page) {
      const kind = ctx.kinds.get(past.action.kind)
      const became = kind ? await replayAction(replay, kind, past) : 'unknown_kind'
      if (typeof became === 'string') leftOut.set(became, (leftOut.get(became) ?? 0) + 1)
      else backtest.add(became)
    }
    forgetBefore(replay, page)
  })
  const result = backtest.result()
  yield {
    line: 'result',
    report: {
      ...result,
      examples: result.examples.map(exampleOf),
      days,
      ...stretch,
      leftOut: leftOutWords(leftOut),
      assumed: ASSUMED,
      notReplayed: notReplayed(replay.looks),
      says: summaryWords(result, days),
    },
  }
}

const exampleOf = (action: ReplayedAction): BacktestExample => ({
  id: action.id,
  title: action.title,
  category: action.category,
  at: action.at,
  did: action.did,
  would: action.would,
  saysDid: didWords(action.did, action.ending),
  saysWould: wouldWords(action.would),
  because: becauseWords(action),
})

/** The same workspace with another policy in force, everywhere. */
const inForce = (snapshot: Snapshot, document: PolicyDocument): Snapshot => ({
  ...snapshot,
  policy: {
    version: snapshot.control.policyVersion,
    document,
    hash: REPLAYED,
    byName: '',
    note: null,
    at: snapshot.policy?.at ?? new Date(0),
  },
  trials: [],
})
