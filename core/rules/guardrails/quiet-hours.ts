import { z } from 'zod'
import type { Reason } from '../../domain/verdict.ts'
import { firstPassing } from '../first-passing.ts'
import { clockOf, localTime, minutesOf, momentWords, zoneWords } from '../local-time.ts'
import { zonesOf } from '../recipient-zones.ts'
import { defineSection, type Place, reason, shortened } from './guardrail.ts'

export const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
export const ZoneSchema = z.enum(['recipient', 'workspace'])

/** No time that suits all zones lies further off than the days on which clocks change. */
const MOST_DAYS = 3
const MOST_ZONE = 20

type Quiet = { readonly from: string; readonly to: string; readonly outcome: 'ask' | 'block' }

/**
 * No sends to people in the quiet hours of their zones, or of the workspace's where theirs are not known (`zone:
 * recipient` asks then as well). The window may cross midnight; where both ends are the same it is never on.
 */
export const quietHours = defineSection({
  schema: z.strictObject({
    from: Clock,
    to: Clock,
    outcome: z.enum(['ask', 'block']).default('ask'),
    zone: ZoneSchema.optional(),
  }),
  guardrail([{ zone: setting, ...quiet }]) {
    if (quiet.from === quiet.to) return null
    return (subject, place) => {
      if (!subject.reachesPeople) return null
      const { zones, isUnknown } = zonesOf(subject, place, setting)
      const said = quietReason(subject.plannedAt, zones, quiet, place)
      if (said || !isUnknown) return said
      const text = `In which time zones people would be reached is not known; quiet hours are ${quiet.from} to ${quiet.to} there. A person decides.`
      return reason('quiet_hours.unknown', 'ask', text)
    }
  },
})

function quietReason(at: Date, zones: readonly string[], { from, to, outcome }: Quiet, place: Place): Reason | null {
  const [start, end] = [minutesOf(from), minutesOf(to)]
  const isQuiet = (time: Date, zone: string): boolean => {
    const minutes = localTime(time, zone)?.minutes ?? start
    return start < end ? minutes >= start && minutes < end : minutes >= start || minutes < end
  }
  const quiet = zones.filter((zone) => isQuiet(at, zone))
  const [first] = quiet
  if (first === undefined) return null
  const passes = (time: Date): boolean => zones.every((zone) => !isQuiet(time, zone))
  const next = firstPassing(at, zones, [start, end], passes, MOST_DAYS)
  const isHere = zones.length === 1 && first === place.zone
  const where = isHere ? '' : ` in ${shortened(zoneWords(first), MOST_ZONE)}`
  const others = quiet.length > 1 ? ` and ${quiet.length - 1} more` : ''
  const clock = clockOf(localTime(at, first)?.minutes ?? 0)
  const text = `It would reach people at ${clock}${where}${others}; quiet hours are ${from} to ${to}.`
  return reason('quiet_hours', outcome, `${text} ${nextWords(next, zones, where, place)}`)
}

/** In one zone it is never further off than the end of the night, so that the clock is enough. */
function nextWords(next: Date | null, zones: readonly string[], where: string, place: Place): string {
  const [zone, another] = zones
  if (next === null || zone === undefined) return 'Sent zone by zone it would pass.'
  if (another === undefined) return `From ${clockOf(localTime(next, zone)?.minutes ?? 0)}${where} on it would pass.`
  return `From ${momentWords(next, place.zone, place.locale)} on it would pass.`
}
