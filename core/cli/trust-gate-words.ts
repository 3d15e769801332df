import { z } from 'zod'
import { plain } from './shown.ts'

/** One thing that is asked for before a level is given. */
export const TrustGate = z.looseObject({ status: z.string(), says: z.string() })

const HOLDS: Readonly<Record<string, string>> = { held: 'yes', missing: 'no', not_applicable_yet: 'not yet' }

/** Whether it holds, and what it is. */
export const gateCells = ({ status, says }: z.infer<typeof TrustGate>): readonly [string, string] => [
  HOLDS[status] ?? status,
  plain(says),
]
