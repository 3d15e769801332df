import { startCell } from '../../core/domain/trust/cell-state.ts'
import { expectedSeconds, timeSignal } from '../../core/domain/trust/decision-time.ts'
import { stepCell } from '../../core/domain/trust/next-cell.ts'
import { addApproval, isTheatre, NO_APPROVALS } from '../../core/domain/trust/theatre.ts'
import { createRandom, type Random, seedFrom } from '../support/random.ts'
import { figure } from './figure.ts'
import { dayOfDecision, DECISIONS, ownGatesHold } from './gate-history.ts'
import { THEATRE } from './published.ts'
import { quickScore } from './quick-score.ts'
import { createRollingWindow } from './rolling-window.ts'
import { SEED } from './seed.ts'
import { type Firsts, meanOf, shareBy } from './spread.ts'
import { asCellDecision } from './simulated-reviewer.ts'
import type { Experiment } from './table.ts'

const MEDIAN_RATIO = 0.9
const SIGMA = 0.55
const SHORT_SHARE = 1 / 13
const REVIEWS_EACH = 50
const WITHOUT_HOLD_WITHIN = 300

const wordsOfLong = (random: Random): number => 40 + random.below(361)
/** Too short to call an approval of it too fast. */
const wordsOfShort = (random: Random): number => 10 + random.below(30)
const stampSeconds = (random: Random): number => 2 + 2 * random.next()

const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())

const genuineSeconds = (random: Random, words: number): number =>
  expectedSeconds(words) * MEDIAN_RATIO * Math.exp(SIGMA * normal(random))

const isTooFast = (words: number, seconds: number): boolean => timeSignal(words, { kind: 'measured', seconds }).tooFast

type Stamping = { readonly withHold: number | null; readonly withoutHold: number | null }

/** When a reviewer who approves everything in two to four seconds would first have an agent promoted. */
export function stampingHistory(random: Random): Stamping {
  const window = createRollingWindow()
  let cell = startCell(null)
  let pace = NO_APPROVALS
  let withHold: number | null = null
  let withoutHold: number | null = null
  for (let n = 1; n <= DECISIONS; n += 1) {
    const words = random.chance(SHORT_SHARE) ? wordsOfShort(random) : wordsOfLong(random)
    const { confidence, tooFast } = timeSignal(words, { kind: 'measured', seconds: stampSeconds(random) })
    const edit = { distance: 0, emptied: false }
    const decision = asCellDecision({ kind: 'approved', edit, confidence, tooFast }, null)
    cell = stepCell(cell, decision).cell
    pace = addApproval(pace, decision.isStamp)
    window.add(decision, dayOfDecision(n))
    if (!ownGatesHold(3, cell, () => quickScore(window.sums))) continue
    withoutHold ??= n
    if (!isTheatre(pace)) withHold ??= n
  }
  return { withHold, withoutHold }
}

/** Whether approving without reading is seen, and whether it promotes. */
export const theatre: Experiment = {
  name: 'theatre',
  run(histories, say) {
    const random = createRandom(seedFrom(SEED, 'theatre'))
    const flagged = (seconds: (words: number) => number): number =>
      meanOf(
        Array.from({ length: histories * REVIEWS_EACH }, () => {
          const words = wordsOfLong(random)
          return isTooFast(words, seconds(words)) ? 1 : 0
        }),
      )
    const genuine = flagged((words) => genuineSeconds(random, words))
    const stamped = flagged(() => stampSeconds(random))
    const stamping = Array.from({ length: histories }, () => stampingHistory(random))
    const withHold: Firsts = stamping.map((one) => one.withHold)
    const withoutHold: Firsts = stamping.map((one) => one.withoutHold)
    say('theatre')
    return {
      tables: [
        {
          name: 'theatre',
          title: 'Approving without reading',
          columns: ['what', 'share'],
          rows: [
            {
              name: 'genuine reviews of 40 words and more that are flagged',
              figures: [figure('share', genuine, THEATRE.genuine)],
            },
            {
              name: 'approvals in 2–4 s of 40 words and more that are flagged',
              figures: [figure('share', stamped, THEATRE.stamped)],
            },
            {
              name: 'everything stamped: promoted within 1,000 decisions',
              figures: [figure('share', shareBy(withHold), THEATRE.promotedWithHold)],
            },
            {
              name: 'the same without the theatre hold: promoted within 300',
              figures: [figure('share', shareBy(withoutHold, WITHOUT_HOLD_WITHIN), THEATRE.promotedWithout)],
            },
          ],
        },
      ],
      requirements: [],
    }
  },
}
