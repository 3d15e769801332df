import { expect, it } from 'vitest'
import type { DecisionEvent } from '../../core/domain/trust/decision-event.ts'
import { expectCell } from './expected-cell.ts'

const DAY = 86_400_000
const START = 20_000 * DAY
const approved: DecisionEvent = {
  kind: 'approved',
  edit: { distance: 0, emptied: false },
  confidence: 1,
  tooFast: false,
}

it('counts an approval when its window has closed, and a rejection at once', () => {
  const core = expectCell()
  expect(core.done(1, approved, null, START)).toEqual([])
  expect(core.done(2, { kind: 'rejected', severity: 'minor' }, null, START + DAY / 2)).toEqual([
    { n: 2, isJudged: true, isDemoted: false },
  ])
  expect(core.outcome(START + DAY / 2).whole.slice(0, 4)).toEqual([1, 2, 1, 0])
  expect(core.passTo(START + DAY - 1)).toEqual([])
  expect(core.passTo(START + DAY)).toEqual([{ n: 1, isJudged: true, isDemoted: false }])
  expect(core.outcome(START + DAY).whole.slice(0, 4)).toEqual([1, 2, 2, 1])
  expect(core.passTo(START + 9 * DAY)).toEqual([])
})

it('says what is missing until the step can be proposed, and nothing of a step that was taken', () => {
  const core = expectCell()
  for (let n = 1; n <= 30; n += 1) core.done(n, approved, null, START)
  expect(core.missing(START)).toContain('test')
  core.passTo(START + DAY)
  expect([core.missing(START + DAY), core.tableGatesHold(START + DAY)]).toEqual([[], true])
  core.raise()
  expect([core.level, core.missing(START + DAY), core.tableGatesHold(START + DAY)]).toEqual([3, null, false])
  expect(core.done(31, { kind: 'undone', severity: 'preference' }, 3, START + DAY)).toHaveLength(1)
  // An undo without a severity is major: what was correct before it counts no more.
  expect(core.outcome(START + DAY).whole.slice(0, 4)).toEqual([1, 3, 31, 0])
})
