import { type CeilingReason, ceilingWithReason, type Level } from '../ceiling.ts'
import { nullAcceptability } from '../trust/promotion-test.ts'
import { levelWords } from './level-words.ts'
import { DATA_MATRIX, FREQUENCY_MATRIX } from './matrix.ts'
import { bandOfWorkflow, type DataQuality, isFrequent, type Workflow } from './workflow.ts'

export type BlockedBy = 'data' | 'frequency_and_sensitivity' | 'policy' | 'baseline' | 'shared_scope' | CeilingReason

/** Why it goes no higher, and what would have to be otherwise. */
export type Block = { readonly by: BlockedBy; readonly level: Level; readonly says: string }

export type Recommendation = {
  /** Where it begins: 2 for what an agent proposes, 1 for an existing workflow and where the policy allows no more. */
  readonly startAt: Level
  /** The level to work towards; never above the ceiling. */
  readonly aimAt: Level
  /** What it can never pass as it is described, whatever is granted. */
  readonly ceiling: Level
  readonly why: string
  /** What holds it at that level; empty at level 5, and where nothing has to be earned. */
  readonly blocks: readonly Block[]
}

const DATA_WORDS: Readonly<Record<DataQuality, string>> = {
  patchy: 'patchy data',
  good: 'good data',
  reliable: 'results that can be traced',
  mature: 'everything measured for months',
}

const CEILING_WORDS: Readonly<Record<CeilingReason, string>> = {
  risk_and_undo: 'For its risk, its size and what can be taken back it can never pass this level.',
  always_a_person: 'It is one of the things that a person always decides; only an owner relaxes that.',
  hard_constraint: 'It is under a hard constraint.',
  new_ground: 'It is a new channel or audience; give it a baseline of its own first.',
  stale_outcomes: 'Its outcomes arrive too late.',
  poor_data: 'Its data are below the floor of quality.',
}

/** The level to start from and the one to aim for. `policy`: the highest level that the workspace's policy allows here. */
export function recommendLevel(workflow: Workflow, policy: Level): Recommendation {
  const startAt = workflow.origin === 'agent' && policy > 1 ? 2 : 1
  const ceiling = ceilingWithReason({
    risk: workflow.risk,
    undo: workflow.undo,
    band: bandOfWorkflow(workflow),
    isAlwaysAPerson: workflow.sensitivity === 'always_a_person',
    hardConstraint: null,
    isNewGround: workflow.isNewGround,
    outcomesAgeDays: null,
    isDataPoor: workflow.dataQuality === 'patchy',
  })
  if (workflow.isPreparing && policy > 1) {
    const why = `${upper(levelWords(2))}: unpublished work passes from there without being asked about, and is recorded.`
    return { startAt, aimAt: 2, ceiling: ceiling.level, why, blocks: [] }
  }
  const caps = [
    { by: ceiling.reason, level: ceiling.level, says: CEILING_WORDS[ceiling.reason] },
    ...ownCaps(workflow, policy),
  ]
  const aimAt = caps.reduce<Level>((lowest, { level }) => (level < lowest ? level : lowest), 5)
  const why = `${upper(levelWords(aimAt))}: ${traits(workflow)}.`
  return {
    startAt,
    aimAt,
    ceiling: ceiling.level,
    why,
    blocks: caps.filter(({ level }) => level === aimAt && level < 5),
  }
}

function ownCaps(workflow: Workflow, policy: Level): readonly Block[] {
  const { dataQuality, risk, sensitivity, today } = workflow
  const frequency = isFrequent(workflow) ? 'frequent' : 'seldom'
  return [
    { by: 'data', level: DATA_MATRIX[dataQuality][risk], says: dataSays(dataQuality) },
    {
      by: 'frequency_and_sensitivity',
      level: FREQUENCY_MATRIX[frequency][sensitivity],
      says: frequencySays(frequency === 'frequent', sensitivity === 'low'),
    },
    { by: 'policy', level: policy, says: `The policy allows level ${policy} at most here.` },
    {
      by: 'baseline',
      level: nullAcceptability(3, today.successRate).ok ? 5 : 2,
      says: 'It succeeds more than 98 % of the time today; no number of decisions could show that something is better.',
    },
  ]
}

function dataSays(quality: DataQuality): string {
  if (quality === 'patchy')
    return 'No level is raised while the data are patchy; mend them, or split off the part that is complete.'
  if (quality === 'good') return 'More needs results that can be traced to what was done.'
  return 'More needs everything to be measured for months.'
}

function frequencySays(isOften: boolean, isRoutine: boolean): string {
  if (isRoutine) return 'It runs less than weekly; what runs seldom gains little and shows too little by running alone.'
  return isOften
    ? 'It is sensitive: each one is to be seen, and undone where it is wrong.'
    : 'It is sensitive and runs less than weekly: approving each one costs little.'
}

function traits(workflow: Workflow): string {
  const { risk, dataQuality, sensitivity, runsPerMonth } = workflow
  const often = `${runsPerMonth} ${runsPerMonth === 1 ? 'run' : 'runs'} a month`
  const touchy = { low: 'routine', high: 'sensitive', always_a_person: 'always a person’s to decide' }[sensitivity]
  return `${risk} risk, ${DATA_WORDS[dataQuality]}, ${often}, ${touchy}`
}

const upper = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
