import { z } from '@hono/zod-openapi'
import type { BacktestReport } from '../../gate/backtest-policy.ts'

/** What a replay of the past could not take in: the last fields of each. */
export const replayLimits = {
  left_out: z.array(z.object({ why: z.string(), actions: z.int() })),
  assumed: z.array(z.string()),
  not_replayed: z.array(z.string()).openapi({ description: 'What nobody can know afterwards' }),
}

type Limits = Pick<BacktestReport, 'leftOut' | 'assumed' | 'notReplayed'>

export const representLimits = ({ leftOut, assumed, notReplayed }: Limits) => ({
  left_out: leftOut.map(({ why, actions }) => ({ why, actions })),
  assumed: [...assumed],
  not_replayed: [...notReplayed],
})

const SECONDS_PER_MINUTE = 60

/** Seconds of review in minutes, to a tenth. */
export const reviewMinutes = (seconds: number): number => Math.round((seconds / SECONDS_PER_MINUTE) * 10) / 10
