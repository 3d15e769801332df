import { z } from '@hono/zod-openapi'
import type { TrialComparison } from '../../gate/compare-policy-trial.ts'
import { PolicyTrialSchema, representTrial } from './policy.ts'
import { replayLimits, representLimits, reviewMinutes } from './replay.ts'
import { Instant } from './values.ts'

const Side = z.object({
  ran: z.int(),
  asked: z.int(),
  blocked: z.int(),
  observed: z.int(),
  review_minutes: z.number().openapi({ description: 'What people spend on what they are asked' }),
  let_through: z.int().openapi({ description: 'Runs without a person, though people rejected it or took it back' }),
  held_back: z.int().openapi({ description: 'The same, asked about or blocked before it runs' }),
})

const Sides = z.object({ actions: z.int(), on_trial: Side, in_force: Side })

export const TrialComparisonSchema = z
  .object({
    says: z.string(),
    concludes: z.string().openapi({
      description: 'Which version is stricter, by how much, and whether there are enough actions to say',
    }),
    trial: PolicyTrialSchema,
    in_force_version: z.int().openapi({ description: 'The version in force for the rest' }),
    days_before: z.int(),
    since: Instant,
    until: Instant,
    total: Sides,
    since_start: Sides.openapi({ description: 'Proposed since the trial began' }),
    before: Sides.nullable().openapi({ description: 'Proposed in the days before; null where none were asked for' }),
    categories: z.array(Sides.extend({ category: z.string() })),
    stricter: z.int().openapi({ description: 'Actions that the version on trial decides more strictly' }),
    looser: z.int(),
    examples: z
      .array(
        z.object({
          action: z.string(),
          title: z.string(),
          category: z.string(),
          at: Instant,
          says_did: z.string(),
          says_on_trial: z.string(),
          says_in_force: z.string(),
          because: z.string(),
        }),
      )
      .openapi({ description: 'Newest first: a few of each difference, and of what the trial would let through' }),
    ...replayLimits,
  })
  .openapi('PolicyTrialComparison')

export function representTrialComparison(compared: TrialComparison): z.infer<typeof TrialComparisonSchema> {
  return {
    says: compared.says,
    concludes: compared.concludes,
    trial: representTrial(compared.trial),
    in_force_version: compared.versions.inForce,
    days_before: compared.daysBefore,
    since: compared.since.toISOString(),
    until: compared.until.toISOString(),
    total: representSides(compared.total),
    since_start: representSides(compared.sinceStart),
    before: compared.before && representSides(compared.before),
    categories: compared.categories.map((one) => ({ category: one.category, ...representSides(one) })),
    stricter: compared.stricter,
    looser: compared.looser,
    examples: compared.examples.map((one) => ({
      action: one.id,
      title: one.title,
      category: one.category,
      at: one.at.toISOString(),
      says_did: one.saysDid,
      says_on_trial: one.saysOnTrial,
      says_in_force: one.saysInForce,
      because: one.because,
    })),
    ...representLimits(compared),
  }
}

const representSides = ({ actions, onTrial, inForce }: TrialComparison['total']): z.infer<typeof Sides> => ({
  actions,
  on_trial: representSide(onTrial),
  in_force: representSide(inForce),
})

const representSide = (side: TrialComparison['total']['onTrial']): z.infer<typeof Side> => ({
  ...side.courses,
  review_minutes: reviewMinutes(side.reviewSeconds),
  let_through: side.letThrough,
  held_back: side.heldBack,
})
