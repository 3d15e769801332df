import type { TrialComparison, TrialComparisonLine } from '../../core/gate/compare-policy-trial.ts'
import { AT, LATER, trialView } from './views.ts'

const total = {
  actions: 42,
  onTrial: {
    courses: { ran: 24, asked: 16, blocked: 2, observed: 0 },
    reviewSeconds: 840,
    letThrough: 2,
    heldBack: 3,
  },
  inForce: {
    courses: { ran: 10, asked: 31, blocked: 1, observed: 0 },
    reviewSeconds: 1_740,
    letThrough: 1,
    heldBack: 4,
  },
}

/** What a trial and the version in force make of the same actions; with days before, half of them are from then. */
export const trialComparison = (daysBefore = 0): TrialComparison => ({
  total,
  sinceStart: total,
  before: daysBefore === 0 ? null : total,
  categories: [{ category: 'email_campaign', ...total }],
  stricter: 1,
  looser: 15,
  examples: [
    {
      id: 'act_1',
      title: 'Your newsletter goes to 1,200 people',
      category: 'email_campaign',
      at: AT,
      saysDid: 'It ran without a person, and was taken back.',
      saysOnTrial: 'It would have run without a person.',
      saysInForce: 'A person would have been asked.',
      because: 'It costs $210.00; above $200.00 a person decides.',
    },
  ],
  trial: trialView,
  versions: { onTrial: 4, inForce: 3 },
  daysBefore,
  since: AT,
  until: LATER,
  leftOut: [{ why: 'of a kind that is not installed any more', actions: 2 }],
  assumed: ['Decisions of people are taken as they were.'],
  notReplayed: ['edits: what agents first proposed is judged'],
  says: 'Of 42 actions version 4 asks about 16 and blocks 2.',
  concludes:
    'Version 4 is looser than version 3, on 15 of 42 actions (36 %) and stricter on 1; that is enough to say so.',
})

/** A comparison as it is told: how far it is, and what it came to. */
export async function* comparisonLines(daysBefore?: number): AsyncGenerator<TrialComparisonLine> {
  yield { line: 'progress', done: 0, of: 42 }
  yield { line: 'progress', done: 42, of: 42 }
  yield { line: 'result', comparison: trialComparison(daysBefore) }
}
