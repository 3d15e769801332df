import { expect, it, test } from 'vitest'
import { type DaySums, NO_SUMS } from '../../../core/domain/trust/day-sums.ts'
import {
  attributionOf,
  categoryOfScope,
  type CellAge,
  knownCategory,
  scopeWindow,
  type TrustDay,
} from '../../../core/domain/trust/scope-score.ts'

const TODAY = 20_000
const rejections = (count: number): DaySums => ({ ...NO_SUMS, decisions: count, rejections: count })
const day = (given: Partial<TrustDay> = {}): TrustDay => ({
  scenario: 'general',
  agentVersion: 'a',
  wordingChanges: 0,
  day: TODAY,
  sums: rejections(4),
  ...given,
})
const cell = (given: Partial<CellAge> = {}): CellAge => ({
  scenario: 'general',
  agentId: 'agt_1',
  agentVersion: 'a',
  wordingChanges: 0,
  countedAtMs: 1,
  ...given,
})

const newer = cell({ agentVersion: 'b', countedAtMs: 2 })
const newest = cell({ agentVersion: 'c', countedAtMs: 3 })

test.each<[string, readonly TrustDay[], readonly CellAge[], number]>([
  ['nothing', [], [], 0],
  ['one day', [day()], [cell()], 4],
  ['a day after today', [day(), day({ day: TODAY + 1 })], [cell()], 4],
  ['before a change of wording', [day()], [cell({ wordingChanges: 1 })], 3],
  ['before two', [day()], [cell({ wordingChanges: 2 })], 2.25],
  ['before and after one', [day(), day({ wordingChanges: 1 })], [cell({ wordingChanges: 1 })], 7],
  ['the version before', [day(), day({ agentVersion: 'b' })], [cell(), newer], 6],
  ['two versions before', [day()], [cell(), newer, newest], 1],
  ['a version that came back', [day(), day({ agentVersion: 'b' })], [cell({ countedAtMs: 9 }), newer], 6],
  ['another agent', [day(), day({ agentVersion: 'b' })], [cell(), { ...newer, agentId: 'agt_2' }], 8],
  ['two kinds of situation', [day(), day({ scenario: 'x' })], [cell(), cell({ scenario: 'x' })], 8],
])('what still weighs: %s', (_name, days, cells, expected) => {
  expect(scopeWindow(days, cells, TODAY).weighed.rejections).toBe(expected)
})

it('counts as they were what it weighs less', () => {
  expect(scopeWindow([day()], [cell({ wordingChanges: 1 })], TODAY).counted.decisions).toBe(4)
})

it('takes days older than 90 only until there are fifty decisions', () => {
  const old = day({ day: TODAY - 200, sums: rejections(7) })
  expect(scopeWindow([day(), old], [cell()], TODAY).counted.decisions).toBe(11)
  expect(scopeWindow([day({ sums: rejections(50) }), old], [cell()], TODAY).counted.decisions).toBe(50)
})

it('knows a scope by its category', () => {
  expect([categoryOfScope('crm_update.small'), knownCategory('crm_update.small')]).toEqual(['crm_update', 'crm_update'])
  expect(knownCategory('dreams.small')).toBeNull()
  expect(attributionOf('crm_update').kind).toBe('not_applicable')
  expect(attributionOf('email_campaign').kind).toBe('pending')
})
