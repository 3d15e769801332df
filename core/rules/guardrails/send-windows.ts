import { z } from 'zod'
import type { Reason } from '../../domain/verdict.ts'
import { firstPassing } from '../first-passing.ts'
import { HOLIDAY_PLACE, holidayOn } from '../holidays.ts'
import { listed } from '../in-words.ts'
import {
  clockOf,
  dayWords,
  type LocalTime,
  localTime,
  minutesOf,
  momentWords,
  WEEKDAYS,
  zoneWords,
} from '../local-time.ts'
import { zonesOf } from '../recipient-zones.ts'
import { DAY_MINUTES, daysWords, inSendWindow, type SendWindow } from '../send-window.ts'
import { defineSection, MOST_CHARACTERS, type Place, quoted, reason, shortened, type Subject } from './guardrail.ts'
import { Clock, ZoneSchema } from './quiet-hours.ts'

const Day = z.iso.date()
/** Windows come again every week; holidays and blackouts are looked past for longer. */
const WEEK_AND_CHANGE = 9
const MOST_DAYS = 35
const MOST_NAME = 40
const MOST_ZONE = 16

const WindowSchema = z
  .strictObject({
    days: z.array(z.enum(WEEKDAYS)).min(1).max(7).optional(),
    from: Clock.optional(),
    to: Clock.optional(),
  })
  .refine(({ from, to }) => (from === undefined) === (to === undefined), 'needs from and to, or neither')
  .refine(({ from, to }) => from === undefined || from !== to, 'has no length; without from and to it is the whole day')

const SendWindowsSchema = z.strictObject({
  /** Where the clock is read; absent: where the people are, as far as that is known. */
  zone: ZoneSchema.optional(),
  /** Any of them; absent: any time. */
  windows: z.array(WindowSchema).min(1).max(50).optional(),
  /** Not on the public holidays of these places (`US`, `US-CO`), or of the regions that it reaches (`recipients`). */
  holidays: z
    .array(z.union([z.literal('recipients'), z.string().regex(HOLIDAY_PLACE)]))
    .max(50)
    .optional(),
  /** Not from one day to another, both included. */
  blackouts: z
    .array(
      z
        .strictObject({ from: Day, to: Day, name: z.string().min(1).max(60).optional() })
        .refine(({ from, to }) => from <= to, 'ends before it begins'),
    )
    .max(200)
    .optional(),
  outcome: z.enum(['warn', 'ask', 'block']).default('ask'),
})

type SendWindows = z.infer<typeof SendWindowsSchema>

/**
 * When something may reach people: weekdays and hours, not on public holidays, not on days that were blacked out. Of
 * windows the most specific count; holidays and blackouts are denials, and every one holds.
 */
export const sendWindows = defineSection({
  denies: true,
  schema: SendWindowsSchema,
  looks: (values) => (values.some(({ holidays }) => holidays?.length) ? [{ look: 'holidays' }] : []),
  guardrail(values) {
    const rules = rulesOf(values)
    const [{ zone: setting, outcome }] = values
    return (subject, place) => {
      if (!subject.reachesPeople) return null
      const { zones, isUnknown } = zonesOf(subject, place, setting)
      const atLeastAsk = outcome === 'block' ? 'block' : 'ask'
      const found = closedAt(subject.plannedAt, zones, rules, subject)
      if (found === null) {
        if (!isUnknown) return null
        const text = `In which time zones people would be reached is not known; ${limitWords(rules)}. A person decides.`
        return reason('send_windows.unknown', 'ask', text)
      }
      if (found.rule === 'unknown') return reason(`send_windows.${found.of}`, atLeastAsk, found.text)
      return toldReason(found, { subject, zones, rules, place, outcome })
    }
  },
})

type Rules = {
  readonly windows: readonly SendWindow[] | null
  readonly holidays: readonly string[]
  readonly blackouts: NonNullable<SendWindows['blackouts']>
}

function rulesOf(values: readonly SendWindows[]): Rules {
  const windows = values.find((value) => value.windows !== undefined)?.windows
  return {
    windows:
      windows?.map(({ days, from, to }) => ({
        days: days ?? WEEKDAYS,
        from: from === undefined ? 0 : minutesOf(from),
        to: to === undefined ? DAY_MINUTES : minutesOf(to),
      })) ?? null,
    holidays: [...new Set(values.flatMap((value) => value.holidays ?? []))],
    blackouts: values.flatMap((value) => value.blackouts ?? []),
  }
}

type Closed =
  | { readonly rule: 'windows'; readonly zone: string }
  | { readonly rule: 'holidays' | 'blackouts'; readonly zone: string; readonly text: string }
  | { readonly rule: 'unknown'; readonly of: 'holidays' | 'unknown'; readonly text: string }

/** What keeps it from going out then; null: nothing. */
function closedAt(at: Date, zones: readonly string[], rules: Rules, subject: Subject): Closed | null {
  let unknown: Closed | null = null
  for (const zone of zones) {
    const local = localTime(at, zone)
    if (local === null) {
      const text = `What time it is in ${quoted(zone, MOST_ZONE)} is not known; ${limitWords(rules)}. A person decides.`
      unknown = { rule: 'unknown', of: 'unknown', text }
      continue
    }
    const blackout = rules.blackouts.find(({ from, to }) => local.day >= from && local.day <= to)
    if (blackout) {
      const name = blackout.name === undefined ? 'a blackout day' : quoted(blackout.name, MOST_NAME)
      return { rule: 'blackouts', zone, text: name }
    }
    const holiday = holidayThen(local, rules.holidays, subject.regions)
    if (holiday)
      return holiday.isKnown
        ? { rule: 'holidays', zone, text: holiday.text }
        : { rule: 'unknown', of: 'holidays', text: holiday.text }
    if (rules.windows && !rules.windows.some((window) => inSendWindow(local, window))) return { rule: 'windows', zone }
  }
  return unknown
}

function holidayThen(
  { day }: LocalTime,
  places: readonly string[],
  regions: Subject['regions'],
): { readonly isKnown: boolean; readonly text: string } | null {
  for (const setting of places) {
    const its = setting === 'recipients' ? (regions ?? []).map((region) => region.toUpperCase()) : [setting]
    if (its.length === 0 || its.some((place) => !HOLIDAY_PLACE.test(place))) {
      const text = 'In which countries people would be reached is not known, nor their holidays, so a person decides.'
      return { isKnown: false, text }
    }
    for (const place of its) {
      const name = holidayOn(day, place)
      if (name === undefined) {
        const text = `Which days are holidays in ${place} could not be looked up, so a person decides.`
        return { isKnown: false, text }
      }
      if (name !== null) return { isKnown: true, text: `${shortened(name, MOST_NAME)} in ${place}` }
    }
  }
  return null
}

type Told = {
  readonly subject: Subject
  readonly zones: readonly string[]
  readonly rules: Rules
  readonly place: Place
  readonly outcome: SendWindows['outcome']
}

function toldReason(
  found: Exclude<Closed, { rule: 'unknown' }>,
  { subject, zones, rules, place, outcome }: Told,
): Reason {
  const { plannedAt } = subject
  const boundaries = (rules.windows ?? []).flatMap(({ from, to }) => [from, to % DAY_MINUTES])
  const passes = (at: Date): boolean => closedAt(at, zones, rules, subject) === null
  const days = rules.holidays.length + rules.blackouts.length > 0 ? MOST_DAYS : WEEK_AND_CHANGE
  const next = firstPassing(plannedAt, zones, boundaries, passes, days)
  const [only, another] = zones
  const isHere = another === undefined && only === place.zone
  const where = isHere ? '' : ` in ${shortened(zoneWords(found.zone), MOST_ZONE)}`
  const day = dayWords(plannedAt, found.zone, place.locale)
  // Where there is one zone the next time is told in it, else in the workspace's.
  const nextZone = another === undefined ? (only ?? place.zone) : place.zone
  const never =
    found.rule === 'windows' && another !== undefined
      ? 'Sent zone by zone it would pass.'
      : `No time in the next ${days} days would pass.`
  const nextWords = next === null ? never : `From ${momentWords(next, nextZone, place.locale)} on it would pass.`
  if (found.rule === 'windows') {
    const clock = clockOf(localTime(plannedAt, found.zone)?.minutes ?? 0)
    const observed = `It would go out on ${day}, ${clock}${where}; `
    const limit = limitWords(rules, MOST_CHARACTERS - observed.length - nextWords.length - 2)
    return reason('send_windows.windows', outcome, `${observed}${limit}. ${nextWords}`)
  }
  return reason(
    `send_windows.${found.rule}`,
    outcome,
    `${day}${where} is ${found.text}, when nothing goes out. ${nextWords}`,
  )
}

const MOST_LIMIT = 40

const SENDS = 'sends go out '

/** "sends go out Mon–Fri 09:00–17:00" */
function limitWords({ windows, holidays }: Rules, most = MOST_LIMIT): string {
  if (windows === null) return holidays.length > 0 ? 'nothing goes out on holidays' : 'some days are kept free'
  const names = windows.map(({ days, from, to }) => {
    const hours = from === 0 && to === DAY_MINUTES ? '' : ` ${clockOf(from)}–${clockOf(to % DAY_MINUTES)}`
    return `${days.length === WEEKDAYS.length ? 'daily' : daysWords(days)}${hours}`
  })
  return `${SENDS}${listed(names, most - SENDS.length)}`
}
