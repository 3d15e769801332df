import type { Transaction } from '../ports/transaction.ts'
import { type Counters, NOTHING_USED, usedOf } from '../rules/guardrails/budget.ts'
import type { Observed } from '../rules/guardrails/guardrail.ts'
import { loadHolidays } from '../rules/holidays.ts'
import { runsKey } from '../rules/budget-charges.ts'
import { knownJudgements } from './ask-judge.ts'
import type { Context } from './dependencies.ts'
import type { Evaluated } from './evaluate-action.ts'
import { missedBenchmarks } from './scope-outcomes.ts'

const REJECTED_DAYS = 30

const longest = (looks: Evaluated['looks']): number =>
  Math.max(...looks.map((look) => (look.look === 'same_text' ? look.days : 0)))

export type Counted = {
  readonly counters: ReadonlyMap<string, Counters>
  /** What it holds of them itself. */
  readonly held: ReadonlyMap<string, number>
}

/** Where it is looked up. */
export type Records = Pick<Transaction, 'lookUps' | 'outcomes'>

/**
 * Looks up what the rules that hold there want to know. The very same payload rejected within 30 days always; the rest
 * only where a rule asks for it.
 */
export async function observe(
  ctx: Pick<Context, 'judge'>,
  tx: Records,
  evaluated: Evaluated,
  { counters, held }: Counted,
): Promise<Observed> {
  const { looks, digests } = evaluated
  const isClean = await tx.lookUps.hasNoRejection(digests.payloads, REJECTED_DAYS)
  const observed: { -readonly [K in keyof Observed]: Observed[K] } = {
    rejected: isClean ? null : await tx.lookUps.rejectionOf(digests.payloads, REJECTED_DAYS),
  }
  for (const look of looks) {
    switch (look.look) {
      case 'same_text':
        // Once, as far back as any rule looks.
        observed.sameText ??= await tx.lookUps.sentBefore(digests.text, digests.audience, longest(looks))
        break
      case 'audience':
        observed.audience = await tx.lookUps.reachedBefore(digests.audience, evaluated.channel)
        break
      case 'judge':
        observed.judge ??= await knownJudgements(ctx, tx, evaluated)
        break
      case 'holidays':
        await loadHolidays()
        break
      case 'benchmarks':
        observed.missed = await missedBenchmarks(tx, evaluated.policy, evaluated.scope)
        break
      case 'runs': {
        const key = runsKey(look)
        const charge = evaluated.charges.find(({ runs }) => runs === key)
        // What was counted when it was proposed is not held against it a second time.
        const others = charge && !held.has(charge.window) ? usedOf(counters.get(charge.window) ?? NOTHING_USED) : 0
        observed.runs = { ...observed.runs, [key]: others }
      }
    }
  }
  return observed
}
