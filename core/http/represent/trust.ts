import { z } from '@hono/zod-openapi'
import type { RebuiltTrust } from '../../gate/rebuild-trust.ts'
import type {
  TrustCellView,
  TrustDetailsView,
  TrustGateView,
  TrustStepView,
  TrustView,
} from '../../gate/trust-views.ts'
import { LevelSchema } from './action-schema.ts'
import { Instant } from './values.ts'

const Count = z.int().min(0)

const SCOPE = {
  scope: z.string().openapi({ example: 'crm_update.small' }),
  score: z.int().min(0).max(100).openapi({ description: 'Rounded down' }),
  tier: z.enum(['review', 'notify', 'autonomous']),
  stale: z.boolean().openapi({ description: 'Nothing was decided in 90 days' }),
  decisions: Count.openapi({ description: 'In the window of the score' }),
  rejections: Count,
  last_day: z.string().openapi({ format: 'date', description: 'The newest day of a decision, in UTC' }),
  lock: z
    .object({
      cause: z.enum(['rejection_at_high_autonomy', 'critical_finding']),
      decisions_until_others: Count,
    })
    .nullable()
    .openapi({ description: 'Full review of the whole category' }),
  says: z.string(),
}

export const TrustSchema = z.object(SCOPE).openapi('Trust')

export const GateSchema = z
  .object({
    name: z.string(),
    status: z.enum(['held', 'missing', 'not_applicable_yet']),
    has: z.number().nullable(),
    needs: z.number(),
    says: z.string(),
  })
  .openapi('TrustGate')

export const EarnedLevelSchema = z
  .union([z.literal(3), z.literal(4), z.literal(5)])
  .openapi({ type: 'integer', enum: [3, 4, 5] })

const CellSchema = z
  .object({
    scenario: z.string(),
    agent_id: z.string(),
    agent_version: z.string(),
    epoch: z.int().min(1),
    level: LevelSchema,
    in_force: LevelSchema.openapi({ description: 'What of the level holds now' }),
    decisions: Count,
    cycles: Count.openapi({ description: 'Judged by a person, in this epoch' }),
    correct: Count.openapi({ description: 'Since the last serious error' }),
    correct_actions: Count.openapi({ description: 'Of these, done without a person' }),
    competence: z
      .number()
      .openapi({ description: 'How surely it is approved, leaning on its siblings while it is young' }),
    evidence: z
      .array(z.object({ level: EarnedLevelSchema, has: z.number().nullable(), needs: z.number() }))
      .openapi({ description: 'E of each step, and what it has to reach' }),
    last_at: Instant,
    next: z.object({ level: EarnedLevelSchema, gates: z.array(GateSchema) }).nullable(),
  })
  .openapi('TrustCell')

const STEP = {
  action: z.string(),
  title: z.string(),
  at: Instant,
  says: z.string().openapi({ description: 'What became of it' }),
}

const ReviewerSchema = z
  .object({
    member: z.string(),
    name: z.string(),
    approvals: Count,
    too_fast: Count.openapi({ description: 'Faster than the text can be read' }),
    theatre: z.boolean().openapi({ description: 'Nothing is proposed for more autonomy while it is so' }),
    waited_hours: z.number().nullable().openapi({ description: 'From card to press, median, in working hours' }),
    batch_item_seconds: z.number().nullable(),
    says: z.string(),
  })
  .openapi('Reviewer')

export const TrustDetailsSchema = z
  .object({
    ...SCOPE,
    exact_score: z.number(),
    head_start: z
      .object({ from: z.string(), score: z.int() })
      .nullable()
      .openapi({ description: 'From a category that the policy says is alike; never a level' }),
    penalty: z.object({ points: z.number(), cycles_left: Count }),
    contributions: z.array(
      z.object({
        signal: z.enum(['approval', 'edit', 'severity', 'time', 'attribution']),
        points: z.number(),
        most: z.number(),
        says: z.string(),
      }),
    ),
    counterfactuals: z.array(
      z.object({
        target: z.union([z.literal(60), z.literal(85)]).openapi({ type: 'integer', enum: [60, 85] }),
        approvals: Count.nullable(),
        says: z.string(),
      }),
    ),
    cells: z.array(CellSchema),
    influential: z
      .array(z.object({ ...STEP, points: z.number() }))
      .openapi({ description: 'The three decisions that moved the score most; below 0: it would be higher without' }),
    history: z.array(z.object(STEP)).openapi({ description: 'The newest 50 counted decisions, newest first' }),
    reviewers: z.array(ReviewerSchema).openapi({ description: 'Who approves in this category, and how' }),
  })
  .openapi('TrustDetails')

export const RebuiltSchema = z
  .object({
    decisions: Count,
    cells: Count,
    corrected: Count.openapi({ description: 'Rows that were not what the ledger says, and are now' }),
  })
  .openapi('RebuiltTrust')

export function representTrust(view: TrustView): z.infer<typeof TrustSchema> {
  return {
    scope: view.scope,
    score: view.score,
    tier: view.tier,
    stale: view.stale,
    decisions: view.decisions,
    rejections: view.rejections,
    last_day: view.lastDay,
    lock: view.lock && { cause: view.lock.cause, decisions_until_others: view.lock.decisionsUntilOthers },
    says: view.says,
  }
}

export function representTrustDetails(view: TrustDetailsView): z.infer<typeof TrustDetailsSchema> {
  return {
    ...representTrust(view),
    exact_score: view.exactScore,
    head_start: view.headStart && { from: view.headStart.from, score: view.headStart.score },
    penalty: { points: view.penalty.points, cycles_left: view.penalty.cyclesLeft },
    contributions: view.contributions.map(({ signal, points, most, says }) => ({ signal, points, most, says })),
    counterfactuals: view.counterfactuals.map(({ target, approvals, says }) => ({ target, approvals, says })),
    cells: view.cells.map(representCell),
    influential: view.influential.map((step) => ({ ...representStep(step), points: step.points })),
    history: view.history.map(representStep),
    reviewers: view.reviewers.map((one) => ({
      member: one.memberId,
      name: one.name,
      approvals: one.approvals,
      too_fast: one.tooFast,
      theatre: one.isTheatre,
      waited_hours: one.waitedHours,
      batch_item_seconds: one.batchItemSeconds,
      says: one.says,
    })),
  }
}

const representStep = ({ actionId, title, at, says }: TrustStepView) => ({
  action: actionId,
  title,
  at: at.toISOString(),
  says,
})

const representCell = (cell: TrustCellView): z.infer<typeof CellSchema> => ({
  scenario: cell.scenario,
  agent_id: cell.agentId,
  agent_version: cell.agentVersion,
  epoch: cell.epoch,
  level: cell.level,
  in_force: cell.inForce,
  decisions: cell.decisions,
  cycles: cell.cycles,
  correct: cell.correct,
  correct_actions: cell.correctActions,
  competence: cell.competence,
  evidence: cell.evidence.map(({ level, has, needs }) => ({ level, has, needs })),
  last_at: cell.lastAt.toISOString(),
  next: cell.next && {
    level: cell.next.level,
    gates: cell.next.gates.map(representGate),
  },
})

export const representGate = ({ name, status, has, needs, says }: TrustGateView): z.infer<typeof GateSchema> => ({
  name,
  status,
  has,
  needs,
  says,
})

export const representRebuilt = ({ decisions, cells, corrected }: RebuiltTrust): z.infer<typeof RebuiltSchema> => ({
  decisions,
  cells,
  corrected,
})
