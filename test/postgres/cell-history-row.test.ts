import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type CellEvent, nextHistory, startHistory } from '../../core/domain/trust/cell-history.ts'
import { atLevel, startCell } from '../../core/domain/trust/cell-state.ts'
import { historyJson, historyOf } from '../../core/postgres/cell-history-row.ts'
import { anyCellDecision, cellDecision, cleanApproval, rejectionOf } from '../support/any-decision.ts'

const HOUR = 3_600_000

const anyCellEvent: fc.Arbitrary<CellEvent> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('decided'), id: fc.uuid(), decision: anyCellDecision }) },
  fc.record({ kind: fc.constant('level_set'), level: fc.constantFrom(2 as const, 3 as const, 4 as const) }),
  fc.constant({ kind: 'wording_changed' }),
  fc.constant({ kind: 'epoch_started' }),
  fc.record({ kind: fc.constant('came_back'), drift: fc.double({ min: 0, max: 9, noNaN: true }) }),
)

it('a history is read as it was written', () => {
  fc.assert(
    fc.property(fc.array(anyCellEvent, { maxLength: 40 }), (events) => {
      const start = startHistory(atLevel(startCell(null), 4))
      const history = events.reduce((before, event, at) => nextHistory(before, event, at * HOUR), start)
      expect(historyOf(JSON.parse(JSON.stringify(historyJson(history))))).toEqual(history)
      // As rows were written before: with every member.
      expect(historyOf(JSON.parse(JSON.stringify(history)))).toEqual(history)
    }),
  )
})

it('what can be taken back of a busy day takes half of its room', () => {
  const decided = (at: number): CellEvent => {
    const decision = cellDecision(at % 50 === 0 ? rejectionOf('minor') : cleanApproval())
    return { kind: 'decided', id: `act_${at}`, decision }
  }
  const history = Array.from({ length: 500 }, (_one, at) => at).reduce(
    (before, at) => nextHistory(before, decided(at), at),
    startHistory(startCell(null)),
  )
  expect(history.open?.since).toHaveLength(500)
  const size = (json: unknown): number => JSON.stringify(json).length
  expect(size(historyJson(history))).toBeLessThan(size(history) / 2)
})
