import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { Level } from '../../../core/domain/ceiling.ts'
import type { DecisionEvent } from '../../../core/domain/trust/decision-event.ts'
import { NO_PENALTY } from '../../../core/domain/trust/penalty.ts'
import { scoreOf } from '../../../core/domain/trust/score.ts'
import { scopeWindow } from '../../../core/domain/trust/scope-score.ts'
import { countInBook, type TrustBook, type TrustScope, withDay } from '../../../core/domain/trust/trust-book.ts'
import { quantised, type TrustRecord } from '../../../core/domain/trust/trust-record.ts'
import { anyEvent } from '../../support/any-decision.ts'

const DAY_MS = 86_400_000
const START = 20_000 * DAY_MS
const CELL = { scope: 'crm_update.small', scenario: 'general', agentVersion: 'v1' }
const EMPTY: TrustBook = { scopes: [], cells: [], versions: [], days: [], standings: [] }

const cellIn = ({ versions }: TrustBook) => versions[0] ?? null

type Step = { readonly event: DecisionEvent; readonly ranAtLevel?: Level | null; readonly wording?: string }

/** The book after these decisions, one a day. */
function after(steps: readonly Step[], book: TrustBook = EMPTY, keep = (kept: TrustBook) => kept): TrustBook {
  return steps.reduce((before, step, at) => {
    const record: TrustRecord = {
      cell: CELL,
      agentId: 'agt_1',
      wording: step.wording ?? 'w1',
      version: (cellIn(before)?.version ?? 0) + 1,
      day: 20_000 + at,
      ranAtLevel: step.ranAtLevel ?? null,
      event: quantised(step.event),
      edge: null,
    }
    const counted = countInBook(before, record, `act_${at}`, START + at * DAY_MS)
    const others = before.scopes.filter(({ scope }) => !counted.scopes.some((changed) => changed.scope === scope))
    return keep({
      scopes: [...others, ...counted.scopes],
      cells: [counted.cell],
      versions: [counted.cell],
      days: withDay(before.days, counted.day),
      standings: before.standings,
    })
  }, book)
}

/** As it is after it was written to a row and read again. */
const throughText = (book: TrustBook): TrustBook => JSON.parse(JSON.stringify(book))

const clean: Step = {
  event: { kind: 'approved', edit: { distance: 0, emptied: false }, confidence: 1, tooFast: false },
}
const cleans = (count: number): readonly Step[] => Array.from({ length: count }, () => clean)
const undone: Step = { event: { kind: 'undone', severity: null } }
const critical: Step = { event: { kind: 'rejected', severity: 'critical' } }

const scopeOf = (book: TrustBook): TrustScope => {
  const scope = book.scopes.find((known) => known.scope === CELL.scope)
  if (!scope) throw new Error('The scope is not there')
  return scope
}
const baseOf = (book: TrustBook, today: number): number =>
  scoreOf(scopeWindow(book.days, book.cells, today).weighed, { kind: 'not_applicable' }).base

test.each([
  [5, 'review'],
  [6, 'notify'],
  [20, 'notify'],
  [21, 'autonomous'],
])('%i clean approvals: %s', (count, tier) => {
  expect(scopeOf(after(cleans(count))).tier.tier).toBe(tier)
})

describe('a rejection at high autonomy', () => {
  const before = after(cleans(60))
  const book = after([...cleans(60), { ...undone, ranAtLevel: 4 }])

  it('takes 15 points of what was shown, locks the category and starts a new epoch', () => {
    const scope = scopeOf(book)
    const shown = baseOf(book, 20_060) - scope.penalty.points
    expect(shown).toBeCloseTo(baseOf(before, 20_060) - 15, 6)
    expect(scope.lock).toEqual({
      cause: 'rejection_at_high_autonomy',
      offender: 'crm_update.small/general/agt_1',
      decisions: 0,
    })
    expect(cellIn(book)?.history.cell).toMatchObject({ epoch: 2, level: 2, cycles: 0, correct: 0 })
  })

  it('is repaid by judged decisions, and the lock counts them up to ten', () => {
    const later = scopeOf(after([...cleans(60), { ...undone, ranAtLevel: 4 }, ...cleans(15)]))
    expect(later.penalty.cycles).toBe(15)
    expect(later.lock?.decisions).toBe(10)
    expect(scopeOf(after([...cleans(60), { ...undone, ranAtLevel: 4 }, ...cleans(30)])).penalty).toEqual(NO_PENALTY)
  })

  it('is none at level 3', () => {
    expect(scopeOf(after([...cleans(60), { ...undone, ranAtLevel: 3 }]))).toMatchObject({
      penalty: NO_PENALTY,
      lock: null,
    })
  })
})

it('a critical finding locks at any level, and the newest lock of a category is the only one', () => {
  const other: TrustScope = { ...scopeOf(after([critical])), scope: 'crm_update.large' }
  const book = after([critical], { ...EMPTY, scopes: [other] })
  expect(book.scopes.map(({ scope, lock }) => [scope, lock?.cause ?? null])).toEqual([
    ['crm_update.large', null],
    ['crm_update.small', 'critical_finding'],
  ])
})

it('a judgement in place of silence counts as if there had been no silence', () => {
  const before = after(cleans(3))
  const silent = after([...cleans(3), { event: { kind: 'unseen' } }])
  const audited: TrustRecord = {
    cell: CELL,
    agentId: 'agt_1',
    wording: 'w1',
    version: 5,
    day: 20_010,
    ranAtLevel: 4,
    event: { kind: 'audit_confirmed', confidence: 0.5 },
    edge: null,
    instead: { day: 20_003, event: { kind: 'unseen' } },
  }
  const counted = countInBook(silent, audited, 'act_3', START + 10 * DAY_MS)
  if (!counted.less) throw new Error('The silence is taken away')
  const days = withDay(withDay(silent.days, counted.day), counted.less)
  const direct = countInBook(before, { ...audited, version: 4 }, 'act_3', START + 10 * DAY_MS)
  const sums = (of: typeof days) => scopeWindow(of, [], 20_010).counted
  expect(sums(days)).toEqual(sums(withDay(before.days, direct.day)))
})

it('a scope is only changed where something of it is not what it was', () => {
  const book = after(cleans(3))
  const again: TrustRecord = {
    cell: CELL,
    agentId: 'agt_1',
    wording: 'w1',
    version: 4,
    day: 20_002,
    ranAtLevel: null,
    edge: null,
    event: clean.event,
  }
  expect(countInBook(book, again, 'act_9', START + 2 * DAY_MS).scopes).toEqual([])
})

it('another wording is noted before the decision that it came with', () => {
  const book = after([clean, clean, { ...clean, wording: 'w2' }, { ...clean, wording: 'w1' }])
  expect(cellIn(book)).toMatchObject({ wordingChanges: 2, wording: 'w1', version: 4 })
  expect(book.days.map(({ wordingChanges }) => wordingChanges)).toEqual([0, 0, 1, 2])
  expect(cellIn(book)?.history.cell.doubledAudits).toBe(19)
})

it('carried on through its text after every decision, or at once, it comes out the same', () => {
  const level = fc.constantFrom<Level | null>(null, 3, 4, 5)
  const steps = fc.array(fc.record({ event: anyEvent, ranAtLevel: level, wording: fc.constantFrom('w1', 'w2') }), {
    maxLength: 40,
  })
  fc.assert(
    fc.property(steps, (all) => {
      expect(throughText(after(all, EMPTY, throughText))).toEqual(throughText(after(all)))
    }),
  )
})
