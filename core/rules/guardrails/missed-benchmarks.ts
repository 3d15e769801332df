import { z } from 'zod'
import { measuredWords } from '../in-words.ts'
import { defineSection, reason, shortened } from './guardrail.ts'

const MOST_TOLD = 5
const MOST_NAME = 40

/** What its category is measured by has left its floor or ceiling: a person looks before more of it goes out. */
export const missedBenchmarks = defineSection({
  schema: z.strictObject({ outcome: z.enum(['warn', 'ask', 'block']).default('ask') }),
  looks: () => [{ look: 'benchmarks' }],
  guardrail([{ outcome }]) {
    return ({ preparing }, { locale }, { missed }) => {
      if (preparing) return null
      if (missed === undefined) {
        const text = 'Whether its benchmarks are met could not be looked up, so a person decides.'
        return reason('missed_benchmarks', outcome === 'block' ? 'block' : 'ask', text)
      }
      return missed.slice(0, MOST_TOLD).flatMap(({ metric, observed, floor, ceiling }) => {
        const isBelow = floor !== undefined && observed < floor
        const limit = isBelow ? floor : ceiling
        if (limit === undefined) return []
        const words = measuredWords(observed, limit, locale)
        const side = isBelow ? 'below its floor' : 'above its ceiling'
        const text = `The ${metricWords(metric)} is ${words.value}, ${side} of ${words.limit}. ${UNTIL[outcome]}`
        return reason(`missed_benchmarks.${metric}`, outcome, text)
      })
    }
  },
})

const UNTIL = {
  warn: 'Once it is met again, this notice ends.',
  ask: 'Until it is met again a person decides.',
  block: 'Once it is met again, it would pass.',
} as const

const metricWords = (metric: string): string => shortened(metric.replaceAll('_', ' '), MOST_NAME)
