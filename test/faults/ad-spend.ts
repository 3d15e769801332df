import { DateTime } from 'luxon'
import { ZONE } from '../support/world.ts'

export const PERIODS = ['day', 'week', 'month'] as const
export type AdCaps = Readonly<Record<(typeof PERIODS)[number], number>>

type Change = { readonly campaign: string; readonly perDay: number; readonly at: Date }

/**
 * What campaigns spend, by their daily budgets alone: on each day the highest that ran on it. Told by nobody but the
 * platform; minor units.
 */
export function createAdSpend() {
  const changes: Change[] = []
  const dayOf = (at: Date): DateTime => DateTime.fromJSDate(at, { zone: ZONE }).startOf('day')

  /** Of one campaign on a day, as far as it is known at the time of its last change. */
  const spentOn = (campaign: string, day: DateTime): number => {
    const end = day.plus({ days: 1 }).toJSDate()
    const its = changes.filter((one) => one.campaign === campaign && one.at < end)
    const before = its.findLast((one) => one.at < day.toJSDate())?.perDay ?? 0
    return Math.max(before, ...its.filter((one) => one.at >= day.toJSDate()).map(({ perDay }) => perDay))
  }

  return {
    add: (change: Change): void => void changes.push(change),
    running: (campaign: string): number => changes.findLast((one) => one.campaign === campaign)?.perDay ?? 0,
    /** What the day, week and month of an instant come to if nothing changes any more, where that is over a cap. */
    overrunsAt(at: Date, caps: AdCaps): readonly string[] {
      const campaigns = [...new Set(changes.map(({ campaign }) => campaign))]
      return PERIODS.flatMap((period) => {
        const start = dayOf(at).startOf(period)
        const end = start.plus({ [period]: 1 })
        let sum = 0
        for (let day = start; day < end; day = day.plus({ days: 1 }))
          for (const campaign of campaigns) sum += spentOn(campaign, day)
        const name = start.toISODate()
        return sum > caps[period] ? [`The ${period} of ${name} comes to ${sum} of ${caps[period]}`] : []
      })
    },
  }
}
