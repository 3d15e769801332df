import { z } from '@hono/zod-openapi'
import type { BacktestReport } from '../../gate/backtest-policy.ts'
import { replayLimits, representLimits, reviewMinutes } from './replay.ts'
import { Instant } from './values.ts'

const Course = z.enum(['ran', 'asked', 'blocked', 'observed'])
const Courses = z.object({ ran: z.int(), asked: z.int(), blocked: z.int(), observed: z.int() })
const Both = z.object({ did: z.number(), would: z.number() })

const Tally = z.object({
  actions: z.int(),
  did: Courses.openapi({ description: 'What the gate did' }),
  would: Courses.openapi({ description: 'What it would have done' }),
  review_minutes: Both.openapi({ description: 'What people spend on what they are asked' }),
  let_through: Both.openapi({ description: 'Ran without a person, though people rejected it or took it back' }),
  held_back: Both.openapi({ description: 'The same, asked about or blocked before it ran' }),
})

export const BacktestSchema = z
  .object({
    says: z.string(),
    days: z.int(),
    since: Instant,
    until: Instant,
    total: Tally,
    changes: z.array(z.object({ did: Course, would: Course, actions: z.int() })),
    categories: z.array(Tally.extend({ category: z.string() })),
    rules: z.array(z.object({ rule: z.string(), warned: z.int(), asked: z.int(), blocked: z.int() })),
    examples: z
      .array(
        z.object({
          action: z.string(),
          title: z.string(),
          category: z.string(),
          at: Instant,
          did: Course,
          would: Course,
          says_did: z.string(),
          says_would: z.string(),
          because: z.string(),
        }),
      )
      .openapi({ description: 'Newest first: a few of each change, and of what would have been let through' }),
    ...replayLimits,
  })
  .openapi('Backtest')

export function representBacktest(report: BacktestReport): z.infer<typeof BacktestSchema> {
  return {
    says: report.says,
    days: report.days,
    since: report.since.toISOString(),
    until: report.until.toISOString(),
    total: representTally(report.total),
    changes: report.changes.map(({ did, would, actions }) => ({ did, would, actions })),
    categories: report.categories.map((tally) => ({ category: tally.category, ...representTally(tally) })),
    rules: report.rules.map(({ rule, warned, asked, blocked }) => ({ rule, warned, asked, blocked })),
    examples: report.examples.map((one) => ({
      action: one.id,
      title: one.title,
      category: one.category,
      at: one.at.toISOString(),
      did: one.did,
      would: one.would,
      says_did: one.saysDid,
      says_would: one.saysWould,
      because: one.because,
    })),
    ...representLimits(report),
  }
}

function representTally(tally: BacktestReport['total']): z.infer<typeof Tally> {
  return {
    actions: tally.actions,
    did: { ...tally.did },
    would: { ...tally.would },
    review_minutes: { did: reviewMinutes(tally.reviewSeconds.did), would: reviewMinutes(tally.reviewSeconds.would) },
    let_through: { ...tally.letThrough },
    held_back: { ...tally.heldBack },
  }
}
