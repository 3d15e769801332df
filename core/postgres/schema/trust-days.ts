import { bigint, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { workspaceId } from './columns.ts'

const sum = (name: string) => bigint(name, { mode: 'number' }).notNull()

/** What the decisions of one UTC day add up to, in whole numbers, so that no order of adding makes a difference. */
export const trustDays = pgTable(
  'trust_days',
  {
    workspaceId: workspaceId(),
    scope: text('scope').notNull(),
    scenario: text('scenario').notNull(),
    agentVersion: text('agent_version').notNull(),
    /** Days since 1970-01-01. */
    day: integer('day').notNull(),
    /** Of one day before and after a change of wording, the part before weighs less. */
    wordingChanges: integer('wording_changes').notNull(),
    decisions: sum('decisions'),
    approvalQuarters: sum('approval_quarters'),
    rejections: sum('rejections'),
    qualityQuarterMicros: sum('quality_quarter_micros'),
    confidenceQuarterMicros: sum('confidence_quarter_micros'),
    severityMicros: sum('severity_micros'),
  },
  (t) => [
    primaryKey({
      name: 'trust_days_pk',
      columns: [t.workspaceId, t.scope, t.day, t.scenario, t.agentVersion, t.wordingChanges],
    }),
  ],
)
