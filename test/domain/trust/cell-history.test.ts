import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import {
  type CellEvent,
  type CellHistory,
  explain,
  nextHistory,
  startHistory,
  takeBack,
} from '../../../core/domain/trust/cell-history.ts'
import { atLevel, startCell } from '../../../core/domain/trust/cell-state.ts'
import type { CellDecision } from '../../../core/domain/trust/next-cell.ts'
import { anyCellDecision, cellDecision, cleanApproval, rejectionOf } from '../../support/any-decision.ts'
import { cellBefore } from '../../support/gate-evidence.ts'

const HOUR = 3_600_000
const decided = (id: string, decision: CellDecision): CellEvent => ({ kind: 'decided', id, decision })
const clean = cellDecision(cleanApproval(), { ranAtLevel: 4 })
const undone = cellDecision(rejectionOf(), { ranAtLevel: 4, concernsHighAutonomy: true })
const autonomous = startHistory(atLevel(cellBefore(5), 4))

const notify = startHistory(atLevel(startCell(null), 3))
const undoneAt3 = cellDecision(rejectionOf(), { ranAtLevel: 3, concernsHighAutonomy: false })

const after = (from: CellHistory, ...events: readonly (readonly [CellEvent, number])[]): CellHistory =>
  events.reduce((history, [event, atMs]) => nextHistory(history, event, atMs), from)

test('an undo at level 4 that had an outside reason is as if it had never been', () => {
  const demoted = after(
    autonomous,
    [decided('a', clean), 0],
    [decided('b', undone), HOUR],
    [decided('c', clean), 2 * HOUR],
  )
  expect(demoted.cell).toMatchObject({ level: 2, epoch: 2, correct: 1 })
  const restored = takeBack(demoted, 'b', 25 * HOUR)
  expect(restored).toEqual(after(autonomous, [decided('a', clean), 0], [decided('c', clean), 2 * HOUR]))
})

test.each<[string, string, number]>([
  ['after more than 24 h', 'b', 25 * HOUR + 1],
  ['an approval', 'c', 3 * HOUR],
  ['a decision that is not known', 'z', 3 * HOUR],
])('nothing is taken back: %s', (_name, id, atMs) => {
  const history = after(autonomous, [decided('b', undone), HOUR], [decided('c', clean), 2 * HOUR])
  expect(takeBack(history, id, atMs)).toBeNull()
  expect(takeBack(autonomous, id, atMs)).toBeNull()
})

test('what was wrong, said within a day, is as if it had been known; later, or of an approval, it is not', () => {
  const known = { reason: 'tone', edgeCase: { outcome: 'missed', kind: 'should_have_asked', isSerious: true } } as const
  const noted = after(
    notify,
    [decided('a', clean), 0],
    [decided('b', undoneAt3), HOUR],
    [decided('c', clean), 2 * HOUR],
  )
  const explained = explain(noted, 'b', known, 25 * HOUR)
  const fromTheStart = decided('b', { ...undoneAt3, ...known })
  expect(explained).toEqual(
    after(notify, [decided('a', clean), 0], [fromTheStart, HOUR], [decided('c', clean), 2 * HOUR]),
  )
  expect(explained?.cell).toMatchObject({ edgeCases: { missed: 1, missedSerious: 1 } })
  expect(explained?.cell.lastOverrides.filter((one) => one !== null)).toEqual(['tone'])
  expect(explain(noted, 'b', known, 25 * HOUR + 1)).toBeNull()
  expect(explain(noted, 'c', known, 3 * HOUR)).toBeNull()
  expect(explain(noted, 'z', known, 3 * HOUR)).toBeNull()
})

test('what cannot be taken back any more is forgotten', () => {
  const history = after(
    autonomous,
    [decided('a', undone), 0],
    [decided('b', clean), HOUR],
    [decided('c', undone), 20 * HOUR],
  )
  expect(history.open?.since).toHaveLength(3)
  const later = nextHistory(history, decided('d', clean), 30 * HOUR)
  expect(later.open?.since.map(({ event }) => event.kind === 'decided' && event.id)).toEqual(['c', 'd'])
  expect(nextHistory(later, decided('e', clean), 60 * HOUR).open).toBeNull()
})

test('a level set since, and a change of wording, stay', () => {
  const start = startHistory(startCell(null))
  const history = after(
    start,
    [decided('a', cellDecision(rejectionOf('minor'))), 0],
    [{ kind: 'level_set', level: 3 }, HOUR],
    [{ kind: 'wording_changed' }, HOUR],
  )
  expect(takeBack(history, 'a', HOUR)?.cell).toEqual({ ...startCell(null), level: 3, drift: 2, doubledAudits: 20 })
})

const events = fc.array(fc.tuple(anyCellDecision, fc.integer({ min: 0, max: 10 })), { minLength: 1, maxLength: 30 })

it('taking back leaves what would have been, whichever decision it was and however it was stored', () => {
  // safe: what is read back is what `JSON.stringify` was given.
  const stored = (history: CellHistory): CellHistory => JSON.parse(JSON.stringify(history)) as CellHistory
  fc.assert(
    fc.property(events, fc.nat(), (given, pick) => {
      let now = 0
      const all = given.map(([decision, hours], at): readonly [CellEvent, number] => {
        now += hours * HOUR
        return [decided(`d${at}`, decision), now]
      })
      const at = pick % all.length
      const history = all.reduce(
        (kept, [event, atMs]) => stored(nextHistory(kept, event, atMs)),
        startHistory(startCell(null)),
      )
      const without = after(startHistory(startCell(null)), ...all.filter((_, index) => index !== at))
      const taken = takeBack(history, `d${at}`, now)
      const [decision] = given[at] ?? []
      const isInTime = now - (all[at]?.[1] ?? 0) <= 24 * HOUR
      expect(taken !== null).toBe(decision?.isOverride === true && isInTime)
      if (taken) expect(taken.cell).toEqual(without.cell)
    }),
  )
})
