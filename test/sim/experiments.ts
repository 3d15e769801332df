import { agreement } from './agreement.ts'
import { alarms, detection } from './detection-tables.ts'
import { gates } from './gate-tables.ts'
import { sample } from './gate-sample.ts'
import type { Experiment, Measured } from './table.ts'
import { tests } from './test-tables.ts'
import { theatre } from './theatre-table.ts'
import { year } from './year-table.ts'

/** In the order of section 9, all on the core alone but the last, which goes through the real gate. */
export const EXPERIMENTS: readonly Experiment<Measured | Promise<Measured>>[] = [
  gates,
  tests,
  detection,
  alarms,
  year,
  theatre,
  agreement,
  sample,
]
