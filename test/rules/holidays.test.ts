import { beforeAll, expect, test } from 'vitest'
import { holidayOn, loadHolidays } from '../../core/rules/holidays.ts'

beforeAll(loadHolidays)

test.each<[string, string, string | null | undefined]>([
  ['2026-11-26', 'US', 'Thanksgiving Day'],
  ['2027-11-25', 'US', 'Thanksgiving Day'],
  ['2026-11-26', 'CA', null],
  ['2026-07-03', 'US', 'Independence Day (substitute day)'],
  ['2026-02-14', 'US', null],
  ['2026-10-05', 'US-CO', 'Frances Xavier Cabrini Day'],
  ['2026-10-05', 'US', null],
  ['2026-11-26', 'US-ZZ', 'Thanksgiving Day'],
  ['2026-06-04', 'DE-BY', 'Corpus Christi'],
  ['2026-06-04', 'DE-BE', null],
  ['2027-02-09', 'US-LA-NO', 'Mardi Gras'],
  ['2026-03-26', 'XX', undefined],
])('%s in %s: %s', (day, place, name) => {
  expect(holidayOn(day, place)).toBe(name)
})

test('holidays of several days are each of them', () => {
  const days = ['2026-03-19', '2026-03-20', '2026-03-21', '2026-03-22', '2026-03-23']
  const names = days.map((day) => holidayOn(day, 'AE'))
  expect(names.map((name) => name !== null)).toEqual([false, true, true, true, false])
})
