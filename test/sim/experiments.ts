import { agreement } from './agreement.ts'
import { alarms, detection } from './detection-tables.ts'
import { gates } from './gate-tables.ts'
import type { Experiment } from './table.ts'
import { tests } from './test-tables.ts'
import { theatre } from './theatre-table.ts'
import { year } from './year-table.ts'

/** In the order of section 9. */
export const EXPERIMENTS: readonly Experiment[] = [gates, tests, detection, alarms, year, theatre, agreement]
