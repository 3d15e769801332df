import { describe, expect, it, test } from 'vitest'
import {
  expiryOf,
  firstReminder,
  MOST_REMINDERS,
  nextReminder,
  type Reminded,
  reminderTimes,
  type Waiting,
} from '../../core/rules/waiting-times.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const zone = 'America/Denver'
/** A Wednesday, 10:00 in Denver, in a week in which no clocks change. */
const since = new Date('2026-03-18T16:00:00.000Z')
const after = (ms: number): Date => new Date(since.getTime() + ms)
const waiting: Waiting = { since, slotAt: null, category: 'email_campaign', zone }

describe('expiryOf', () => {
  test.each<[string, Partial<Waiting>, Date]>([
    ['without a slot after 7 days', {}, after(168 * HOUR)],
    ['a review reply after 48 hours', { category: 'review_reply' }, after(48 * HOUR)],
    ['at its slot', { slotAt: after(HOUR) }, after(HOUR)],
    ['a review reply at its slot', { category: 'review_reply', slotAt: after(90 * HOUR) }, after(90 * HOUR)],
    ['at a slot that lies further off than 7 days', { slotAt: after(300 * HOUR) }, after(300 * HOUR)],
    [
      '7 days are 168 hours when clocks change too',
      { since: new Date('2026-03-04T17:00:00Z') },
      new Date('2026-03-11T17:00:00Z'),
    ],
  ])('%s', (_name, given, expected) => {
    expect(expiryOf({ ...waiting, ...given })).toEqual(expected)
  })
})

describe('reminderTimes', () => {
  test.each<[string, Partial<Waiting>, readonly Date[]]>([
    [
      'with a slot: a quarter, three quarters and seven eighths of the way',
      { slotAt: after(8 * HOUR) },
      [after(2 * HOUR), after(6 * HOUR), after(7 * HOUR)],
    ],
    [
      'with a slot an hour off',
      { slotAt: after(HOUR) },
      [after(15 * MINUTE), after(45 * MINUTE), after(52.5 * MINUTE)],
    ],
    ['with a slot less than an hour off: once, half way', { slotAt: after(59 * MINUTE) }, [after(29.5 * MINUTE)]],
    ['with a slot that is now: never', { slotAt: since }, []],
    ['with a slot that has passed: never', { slotAt: after(-HOUR) }, []],
    [
      'without a slot, from a Saturday: after 1, 3 and 4 working days',
      { since: new Date('2026-03-21T16:00:00Z') },
      [new Date('2026-03-23T16:00:00Z'), new Date('2026-03-25T16:00:00Z'), new Date('2026-03-26T16:00:00Z')],
    ],
    [
      'without a slot: the escalation comes before the week is over',
      {},
      [new Date('2026-03-19T16:00:00Z'), new Date('2026-03-23T16:00:00Z'), new Date('2026-03-24T16:00:00Z')],
    ],
    [
      'at the same time of day when clocks change',
      { since: new Date('2026-03-04T17:00:00Z') },
      [new Date('2026-03-05T17:00:00Z'), new Date('2026-03-09T16:00:00Z'), new Date('2026-03-10T16:00:00Z')],
    ],
    ['a review reply: once within its 48 hours', { category: 'review_reply' }, [new Date('2026-03-19T16:00:00Z')]],
    [
      'a review reply over a weekend: it expires first',
      { category: 'review_reply', since: new Date('2026-03-20T16:00:00Z') },
      [],
    ],
  ])('%s', (_name, given, expected) => {
    expect(reminderTimes({ ...waiting, ...given })).toEqual(expected)
  })

  it('begins with the first of them', () => {
    expect(firstReminder({ ...waiting, slotAt: after(8 * HOUR) })).toEqual(after(2 * HOUR))
    expect(firstReminder({ ...waiting, slotAt: since })).toBeNull()
  })
})

describe('nextReminder', () => {
  const reminded: Reminded = { at: after(0), sent: 1, slotAt: null, expiresAt: after(168 * HOUR), zone }

  test.each<[string, Partial<Reminded>, Date | null]>([
    ['two working days after the last', {}, new Date('2026-03-20T16:00:00Z')],
    ['over a weekend', { at: new Date('2026-03-20T16:00:00Z') }, new Date('2026-03-24T16:00:00Z')],
    ['not after it expires', { expiresAt: after(47 * HOUR) }, null],
    ['not as it expires', { expiresAt: after(48 * HOUR) }, null],
    ['where it never expires', { expiresAt: null }, after(48 * HOUR)],
    ['from a quarter to three quarters of the way', { at: after(2 * HOUR), slotAt: after(8 * HOUR) }, after(6 * HOUR)],
    [
      'from three quarters to seven eighths',
      { at: after(6 * HOUR), sent: 2, slotAt: after(8 * HOUR) },
      after(7 * HOUR),
    ],
    ['a late first one: two thirds of what is left', { at: after(5 * HOUR), slotAt: after(8 * HOUR) }, after(7 * HOUR)],
    ['with half an hour left: none', { slotAt: after(30 * MINUTE) }, null],
    ['with a little more than that', { slotAt: after(36 * MINUTE) }, after(24 * MINUTE)],
    ['after the slot it counts working days', { slotAt: after(-1) }, after(48 * HOUR)],
    ['after the third: none', { sent: 3 }, null],
    ['after the third with a slot: none', { sent: MOST_REMINDERS, slotAt: after(8 * HOUR) }, null],
  ])('%s', (_name, given, expected) => {
    expect(nextReminder({ ...reminded, ...given })).toEqual(expected)
  })

  it('gives the same times as reminderTimes when each is sent on time', () => {
    const slotAt = after(24 * HOUR)
    const [first, ...rest] = reminderTimes({ ...waiting, slotAt })
    const found: Date[] = []
    let at: Date | null = first ?? null
    for (let sent = 1; at !== null; sent += 1) {
      at = nextReminder({ at, sent, slotAt, expiresAt: slotAt, zone })
      if (at !== null) found.push(at)
    }
    expect(found).toEqual(rest)
    expect(found).toEqual([after(18 * HOUR), after(21 * HOUR)])
  })
})
