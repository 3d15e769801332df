import type { Level } from '../domain/ceiling.ts'
import { holdingIn } from '../domain/money-by-state.ts'
import { type Hold, routeAction } from '../domain/route-action.ts'
import { expectedSeconds } from '../domain/trust/decision-time.ts'
import type { StandingBounds } from '../domain/trust/standing.ts'
import type { Kind } from '../ports/kind.ts'
import type { PastAction } from '../ports/past-actions.ts'
import type { LevelShown, Snapshot } from '../ports/rows.ts'
import { type Course, type Ending, isOverridden, type ReplayedAction } from '../rules/backtest.ts'
import type { Look } from '../rules/guardrails/guardrail.ts'
import type { ReplayedUse } from '../rules/replayed-use.ts'
import { categoryOfScope } from '../domain/trust/scope-score.ts'
import type { Context } from './dependencies.ts'
import { evaluateAction } from './evaluate-action.ts'
import { wordsOf } from './judged-event.ts'
import { observe } from './observe.ts'
import type { ReplayedRecords } from './replayed-records.ts'
import { timingOfAction } from './timing-of-action.ts'

/** Levels by category or scope (`email_campaign`, `email_campaign.small`), instead of those that agents had. */
export type Ladder = Readonly<Record<string, Level>>

export type Replay = {
  readonly ctx: Pick<Context, 'compiled' | 'judge'>
  /** With the policy to replay in the place of the one in force. */
  readonly snapshot: Snapshot
  readonly ladder: Ladder
  /** The hold of the policy in force. */
  readonly holdThen: Hold
  readonly use: ReplayedUse
  readonly records: ReplayedRecords
  /** What rules wanted looked up. */
  readonly looks: Set<Look['look']>
}

/** Why an action says nothing about a policy. */
export type LeftOut = 'unknown_kind' | 'never_read'

/**
 * What the policy and the ladder make of one past action, by the same evaluation as a proposal; it then counts in the
 * budgets, rates and look-ups of those after it.
 */
export async function replayAction(replay: Replay, kind: Kind, past: PastAction): Promise<ReplayedAction | LeftOut> {
  const { ctx, snapshot, use, records, looks } = replay
  const { action, payload, became } = past
  if (payload.level === null || (kind.readFacts !== undefined && payload.facts === null)) return 'never_read'
  const { at } = payload
  records.at(at)
  const standsOn = standing(replay.ladder, payload.level, action.agentId !== null)
  const proposed = { kind, action, input: payload.input, facts: payload.facts, standsOn }
  const evaluated = evaluateAction(ctx, snapshot, proposed, at)
  for (const { look } of evaluated.looks) looks.add(look)
  const charges = use.settle(evaluated.charges)
  const counters = use.countersOf(charges)
  const observed = await observe(ctx, records, evaluated, { counters: counters ?? new Map(), held: new Map() })
  const { verdict, route } = evaluated.place({ observed, counters, charges })
  const did = courseThen(replay.holdThen, kind, past, payload.level)
  const ending = endingOf(past, did)
  const would = courseOf(route.state)

  if (goesOn(would, did, ending, past)) {
    use.take(charges, evaluated.plannedAt)
    if (kind.reachesPeople) records.keepWent(evaluated.digests, evaluated.plannedAt)
  }
  // Only what a person is shown can be rejected.
  if (would === 'asked' && became.rejected) records.keepRejected(evaluated.digests, became.rejected)
  return {
    id: action.id,
    title: payload.preview.title,
    category: action.category,
    at,
    did,
    ending,
    would,
    reasons: verdict.reasons,
    levelWhy: evaluated.level.why,
    reviewSeconds: reviewSeconds(past),
  }
}

/** What its level rested on then, or what a ladder says instead. What members propose is on no ladder. */
function standing(ladder: Ladder, was: LevelShown, isAgents: boolean): (scope: string) => StandingBounds {
  return (scope) => {
    const given = isAgents ? (ladder[scope] ?? ladder[categoryOfScope(scope)]) : undefined
    if (given !== undefined)
      return { grant: given, tier: null, isChangedAgent: false, isReturning: false, locked: false, epoch: 0 }
    return {
      grant: was.grant,
      tier: was.tier,
      isChangedAgent: was.boundBy === 'agent_change',
      isReturning: was.boundBy === 'idle',
      locked: was.boundBy === 'lock',
      epoch: 0,
    }
  }
}

function courseOf(state: ReturnType<typeof routeAction>['state']): Course {
  if (state === 'blocked' || state === 'observed') return state
  return state === 'awaiting_approval' ? 'asked' : 'ran'
}

/** By what is stored: a decision shows that a person was asked; where none was made, what its verdict and level lead to. */
function courseThen(hold: Hold, kind: Kind, past: PastAction, level: LevelShown): Course {
  const { action, payload, became } = past
  const { state, approved, executedAt, decisions } = became
  if (state === 'blocked' || state === 'observed') return state
  if (approved || state === 'awaiting_approval' || decisions.some(({ decision }) => decision !== 'cancel'))
    return 'asked'
  if (executedAt !== null) return 'ran'
  const timing = timingOfAction(kind, action, payload.input)
  const outcome = payload.verdict?.outcome ?? 'ask'
  const situation = { level: level.inForce, outcome, effect: kind.effect, ...timing, hold, now: payload.at }
  return courseOf(routeAction(situation).state)
}

function endingOf({ became }: PastAction, did: Course): Ending {
  const { state, decisions, undoneByAgent, executedAt } = became
  const isStopped = state === 'cancelled' && decisions.some(({ decision }) => decision === 'cancel')
  if (state === 'rejected') return 'rejected'
  if (isStopped) return did === 'asked' ? 'rejected' : 'undone'
  if (state === 'undoing' || state === 'undone') return undoneByAgent ? 'ended' : 'undone'
  if (state === 'changes_requested' || decisions.some(({ decision }) => decision === 'revise')) return 'revised'
  if (state === 'expired') return 'expired'
  if (executedAt !== null) return 'kept'
  return holdingIn(state) === 'reserved' ? 'waiting' : 'ended'
}

/** Whether it reaches its effect in the replay, and keeps its share of budgets and rates. */
function goesOn(would: Course, did: Course, ending: Ending, { became }: PastAction): boolean {
  if (would === 'ran') return true
  if (would !== 'asked' || isOverridden(ending)) return false
  return did === 'blocked' || did === 'observed' || holdingIn(became.state) !== 'none'
}

/** The time that reading takes; less where their presses show that a person took less. */
const reviewSeconds = ({ payload, became }: PastAction): number =>
  Math.min(expectedSeconds(wordsOf(payload.preview)), became.lookedAtMostSeconds ?? Infinity)
