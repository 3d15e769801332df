import { type Band, bandOf } from '../band.ts'
import type { Category } from '../category.ts'
import type { Risk, Undo } from '../effect.ts'

/** `always_a_person`: founder stories, crisis, prices, legal review and their like; only an owner relaxes them. */
export const SENSITIVITIES = ['low', 'high', 'always_a_person'] as const
export type Sensitivity = (typeof SENSITIVITIES)[number]

/**
 * `patchy`: fragmented, or complete only in some regions or segments. `good`: complete fields and engagement numbers.
 * `reliable`: results can be traced to what was done. `mature`: reliable for months, and everything is measured.
 */
export const DATA_QUALITIES = ['patchy', 'good', 'reliable', 'mature'] as const
export type DataQuality = (typeof DATA_QUALITIES)[number]

export const ORIGINS = ['agent', 'existing_workflow'] as const
/** Who proposes it: an agent of ours, or a workflow that already runs on a platform and is routed through the gate. */
export type Origin = (typeof ORIGINS)[number]

/** One repeatable piece of marketing work, as the audit describes it. */
export type Workflow = {
  readonly name: string
  readonly category: Category
  readonly origin: Origin
  /** How often it runs, above 0. */
  readonly runsPerMonth: number
  /** How many people one run reaches. */
  readonly people: number
  /** The list that they are drawn from; null: there is none. */
  readonly listSize: number | null
  /** What one run costs, in minor units of the workspace's currency. */
  readonly amountMinor: number
  readonly sensitivity: Sensitivity
  readonly risk: Risk
  readonly undo: Undo
  readonly dataQuality: DataQuality
  /** A new channel or audience segment that has no baseline of its own. */
  readonly isNewGround: boolean
  /** Unpublished work with an exact undo: it passes from level 2 up and is only recorded. */
  readonly isPreparing: boolean
  readonly today: {
    /** Share of runs that turn out right as it is done today, 0 to 1; null: not known. */
    readonly successRate: number | null
    /** Minutes that people spend on one run today; null: not known. */
    readonly minutesPerRun: number | null
  }
}

const FREQUENT_FROM = 4

/** Weekly or more: four runs a month. */
export const isFrequent = ({ runsPerMonth }: Pick<Workflow, 'runsPerMonth'>): boolean => runsPerMonth >= FREQUENT_FROM

/** The band of one run. */
export const bandOfWorkflow = ({ people, listSize, amountMinor }: Workflow): Band =>
  bandOf({ people, amountMinor, listShare: listSize === null || listSize === 0 ? null : people / listSize })

/** The scope in which it is granted a level: `email_campaign.medium`. */
export const scopeOfWorkflow = (workflow: Workflow): string => `${workflow.category}.${bandOfWorkflow(workflow)}`
