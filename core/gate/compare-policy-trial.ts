import type { PolicyTrialId } from '../domain/ids.ts'
import type { Actor } from '../domain/people.ts'
import { err, ok } from '../domain/result.ts'
import type { PastAction } from '../ports/past-actions.ts'
import type { Snapshot, TrialRow } from '../ports/rows.ts'
import { ASSUMED, didWords, notReplayed, wouldWords } from '../rules/backtest-words.ts'
import { type ComparedAction, type Compared, createComparison } from '../rules/comparison.ts'
import { comparedWords, conclusionWords, differenceWords, type Versions } from '../rules/comparison-words.ts'
import { createReplayedUse } from '../rules/replayed-use.ts'
import { holdsAt, type When } from '../rules/scope.ts'
import type { Context } from './dependencies.ts'
import { holdOf } from './evaluate-action.ts'
import { policyInForce, standpointOf } from './policy-at.ts'
import type { Answer } from './gate.ts'
import { mayChange, type TrialView, trialView } from './policy-in-force.ts'
import { forgetBefore, leftOutWords, type Progress, readPast } from './read-past.ts'
import { type LeftOut, type Replay, replayAction } from './replay-action.ts'
import { createReplayedRecords } from './replayed-records.ts'

export type ComparedExample = Pick<ComparedAction, 'id' | 'title' | 'category' | 'at'> & {
  readonly saysDid: string
  readonly saysOnTrial: string
  readonly saysInForce: string
  /** The reason that made the difference. */
  readonly because: string
}

export type TrialComparison = Omit<Compared, 'examples' | 'before'> & {
  readonly trial: TrialView
  readonly versions: Versions
  /** Days before the trial that are compared too, and what they came to; 0 and null: none were asked for. */
  readonly daysBefore: number
  readonly before: Compared['before'] | null
  readonly since: Date
  readonly until: Date
  readonly examples: readonly ComparedExample[]
  readonly leftOut: readonly { readonly why: string; readonly actions: number }[]
  readonly assumed: readonly string[]
  readonly notReplayed: readonly string[]
  readonly says: string
  /** Which version is stricter, by how much, and whether there are enough actions to say. */
  readonly concludes: string
}

export type TrialComparisonLine = Progress | { readonly line: 'result'; readonly comparison: TrialComparison }

const MS_PER_DAY = 86_400_000
const MOST_DAYS = 365

const ELSEWHERE = 'What was proposed elsewhere counts in budgets and rates, and is decided by the version in force.'

/**
 * What a version on trial and the version in force for the rest make of everything proposed in the trial's scope since it
 * began, and in the `daysBefore` (0 to 365) days before: two replays of the same actions. Writes nothing.
 */
export async function comparePolicyTrial(
  ctx: Context,
  actor: Actor,
  id: PolicyTrialId,
  daysBefore: number,
): Answer<AsyncIterable<TrialComparisonLine>> {
  const may = mayChange(actor)
  if (!may.ok) return may
  if (!Number.isInteger(daysBefore) || daysBefore < 0 || daysBefore > MOST_DAYS)
    return err({ kind: 'malformed', problems: [{ path: 'days', says: `is a number of days from 0 to ${MOST_DAYS}` }] })
  const { workspaceId } = actor
  return await ctx.store.read(workspaceId, async (tx) => {
    const snapshot = await tx.snapshot()
    const trial = snapshot.trials.find((one) => one.id === id)
    if (!trial) return err({ kind: 'not_found', what: 'this trial (or it has ended already)' })
    const since = new Date(trial.at.getTime() - daysBefore * MS_PER_DAY)
    const stretch = { since, until: tx.now, of: await tx.past.count({ since, until: tx.now }) }
    return ok(comparisonLines(ctx, snapshot, { trial, daysBefore, stretch }))
  })
}

type Asked = {
  readonly trial: TrialRow
  readonly daysBefore: number
  readonly stretch: Parameters<typeof readPast>[2]
}

async function* comparisonLines(
  ctx: Context,
  snapshot: Snapshot,
  { trial, daysBefore, stretch }: Asked,
): AsyncGenerator<TrialComparisonLine> {
  const replays = {
    onTrial: replayOf(ctx, { ...snapshot, trials: [trial] }),
    inForce: replayOf(ctx, { ...snapshot, trials: [] }),
  }
  const comparison = createComparison()
  const leftOut = new Map<LeftOut, number>()
  const leaveOut = (why: LeftOut): void => void leftOut.set(why, (leftOut.get(why) ?? 0) + 1)
  const compare = async (past: PastAction): Promise<void> => {
    const kind = ctx.kinds.get(past.action.kind)
    if (!kind) return leaveOut('unknown_kind')
    // What is elsewhere is replayed too: it takes its share of the same budgets and rates.
    const onTrial = await replayAction(replays.onTrial, kind, past)
    const inForce = await replayAction(replays.inForce, kind, past)
    const { action, payload } = past
    // safe: written from a When
    if (!holdsAt(trial.when as When, standpointOf({ kind, action, facts: payload.facts }))) return
    if (typeof onTrial === 'string') return leaveOut(onTrial)
    if (typeof inForce === 'string') return leaveOut(inForce)
    comparison.add({ ...onTrial, onTrial, inForce, sinceStart: payload.at >= trial.at })
  }
  yield* readPast(ctx, snapshot.workspace.id, stretch, async (page) => {
    for (const past of page) await compare(past)
    for (const replay of [replays.onTrial, replays.inForce]) forgetBefore(replay, page)
  })
  const result = comparison.result()
  const versions = { onTrial: trial.version, inForce: snapshot.control.policyVersion }
  yield {
    line: 'result',
    comparison: {
      ...result,
      before: daysBefore === 0 ? null : result.before,
      examples: result.examples.map(exampleOf),
      trial: trialView(trial),
      versions,
      daysBefore,
      since: stretch.since,
      until: stretch.until,
      leftOut: leftOutWords(leftOut),
      assumed: [...ASSUMED, ELSEWHERE],
      notReplayed: notReplayed(new Set([...replays.onTrial.looks, ...replays.inForce.looks])),
      says: comparedWords(result, versions),
      concludes: conclusionWords(result, versions),
    },
  }
}

const replayOf = (ctx: Context, snapshot: Snapshot): Replay => ({
  ctx,
  snapshot,
  ladder: {},
  holdThen: holdOf(policyInForce(ctx, snapshot).document),
  use: createReplayedUse(),
  records: createReplayedRecords(),
  looks: new Set(),
})

const exampleOf = (action: ComparedAction): ComparedExample => ({
  id: action.id,
  title: action.title,
  category: action.category,
  at: action.at,
  saysDid: didWords(action.did, action.ending),
  saysOnTrial: wouldWords(action.onTrial.would),
  saysInForce: wouldWords(action.inForce.would),
  because: differenceWords(action),
})
