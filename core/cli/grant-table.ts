import { z } from 'zod'
import { table } from './shown.ts'

/** The answer of everything that lists or changes levels. */
export const Grants = z.object({
  items: z.array(
    z.looseObject({
      scope: z.string(),
      scenario: z.string(),
      agent: z.string(),
      level: z.number(),
      in_force: z.number(),
      by: z.string().nullable(),
      until: z.string().nullable(),
      reclaimed: z.number().nullable(),
    }),
  ),
})

type Grant = z.infer<typeof Grants>['items'][number]

const HEADING = ['SCOPE', 'SCENARIO', 'AGENT', 'LEVEL', 'NOW', 'UNTIL', 'BY', 'NOTE']

export const grantTable = (items: readonly Grant[]): string =>
  table(
    HEADING,
    items.map((one) => [
      one.scope,
      everyOr(one.scenario),
      everyOr(one.agent),
      String(one.level),
      String(one.in_force),
      one.until ?? '',
      one.by ?? 'fell by itself',
      noteOf(one),
    ]),
  )

/** A level of every one gives nobody anything; it only bounds them. */
function noteOf({ agent, level, reclaimed }: Grant): string {
  if (agent === '*') return level === 5 ? 'no limit for anybody' : 'nobody has more'
  return reclaimed === null ? '' : `taken back from ${reclaimed}`
}

const everyOr = (name: string): string => (name === '*' ? 'every one' : name)
