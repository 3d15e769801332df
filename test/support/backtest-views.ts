import type { BacktestLine, BacktestReport } from '../../core/gate/backtest-policy.ts'
import { AT, LATER } from './views.ts'

const tally = {
  actions: 40,
  did: { ran: 10, asked: 29, blocked: 1, observed: 0 },
  would: { ran: 24, asked: 14, blocked: 2, observed: 0 },
  reviewSeconds: { did: 1_740, would: 840 },
  letThrough: { did: 1, would: 2 },
  heldBack: { did: 4, would: 3 },
}

/** What a replay of some days came to. */
export const backtestReport = (days = 90): BacktestReport => ({
  total: tally,
  changes: [
    { did: 'asked', would: 'ran', actions: 15 },
    { did: 'asked', would: 'blocked', actions: 1 },
  ],
  categories: [{ category: 'email_campaign', ...tally }],
  rules: [{ rule: 'amount.ask_above', warned: 0, asked: 12, blocked: 0 }],
  examples: [
    {
      id: 'act_1',
      title: 'Your newsletter goes to 1,200 people',
      category: 'email_campaign',
      at: AT,
      did: 'asked',
      would: 'blocked',
      saysDid: 'A person was asked and rejected it.',
      saysWould: 'It would have been blocked.',
      because: 'It costs $600.00; one action may cost $500.00 at most. An owner can raise that cap.',
    },
  ],
  days,
  since: AT,
  until: LATER,
  leftOut: [{ why: 'of a kind that is not installed any more', actions: 2 }],
  assumed: ['Decisions of people are taken as they were.'],
  notReplayed: ['edits: what agents first proposed is judged'],
  says: 'Of 40 proposals in 90 days, people would have been asked about 14 instead of 29.',
})

/** A replay as it is told: how far it is, and what it came to. */
export async function* backtestLines(days?: number): AsyncGenerator<BacktestLine> {
  yield { line: 'progress', done: 0, of: 42 }
  yield { line: 'progress', done: 42, of: 42 }
  yield { line: 'result', report: backtestReport(days) }
}
