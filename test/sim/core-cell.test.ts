import { describe, expect, it } from 'vitest'
import type { DecisionEvent } from '../../core/domain/trust/decision-event.ts'
import { createRandom } from '../support/random.ts'
import {
  type CoreCell,
  countInCore,
  levelOf,
  missingGates,
  NEW_CELL,
  raisedTo3,
  scoreToday,
  tableGatesHold,
} from './core-cell.ts'
import { dayOfDecision } from './gate-history.ts'
import { quickScore } from './quick-score.ts'
import { createRollingWindow } from './rolling-window.ts'
import { asCellDecision, simulateDecision } from './simulated-reviewer.ts'

const clean: DecisionEvent = {
  kind: 'approved',
  edit: { distance: 0, emptied: false },
  confidence: 0.5,
  tooFast: false,
}
const rejected: DecisionEvent = { kind: 'rejected', severity: 'preference' }
const today = dayOfDecision(200)

const after = (events: readonly DecisionEvent[], from: CoreCell = NEW_CELL): CoreCell =>
  events.reduce((core, event) => countInCore(core, { event, ranAtLevel: null, day: today }, today).core, from)

const many = (count: number, event: DecisionEvent = clean): readonly DecisionEvent[] =>
  Array.from({ length: count }, () => event)

it('scores any history as the window of the tables does', () => {
  const random = createRandom(3)
  const window = createRollingWindow()
  let core = NEW_CELL
  for (let n = 1; n <= 120; n += 1) {
    const [event, day] = [simulateDecision(random, 0.85), dayOfDecision(n)]
    core = countInCore(core, { event, ranAtLevel: null, day }, day).core
    window.add(asCellDecision(event, null), day)
    expect(scoreToday(core, day)).toBeCloseTo(quickScore(window.sums), 9)
  }
})

describe('level 3', () => {
  it('opens with the 30th clean decision, and holds when it is given', () => {
    expect(missingGates(after(many(29)), today)).toContain('cycles')
    expect(tableGatesHold(after(many(29)), today)).toBe(false)
    const ready = after(many(30))
    expect(missingGates(ready, today)).toEqual([])
    expect(tableGatesHold(ready, today)).toBe(true)
    expect(levelOf(ready)).toBe(2)
    expect(levelOf(raisedTo3(ready))).toBe(3)
    expect(tableGatesHold(raisedTo3(ready), today)).toBe(false)
  })

  it('is held up by more than the four gates of the tables where people override more', () => {
    const rising = after([...many(60), ...many(5, rejected), ...many(10)])
    expect(missingGates(rising, today)).toEqual(['overrides', 'override_trend'])
  })

  it('ends with the fourth of four undone', () => {
    const acting = raisedTo3(after(many(30)))
    const undone = (core: CoreCell) =>
      countInCore(core, { event: { kind: 'undone', severity: null }, ranAtLevel: 3, day: today }, today)
    // ln 3 each: 1.10, 2.20, 3.30, 4.39.
    const first = undone(undone(undone(acting).core).core)
    expect(first.demotion).toBeNull()
    expect(undone(first.core)).toMatchObject({ demotion: 'drift', core: { cell: { level: 2, epoch: 2 } } })
  })

  it('is not in force while the score is in the tier of review', () => {
    const low = after(many(12, { kind: 'rejected', severity: 'major' }), raisedTo3(after(many(30))))
    expect(scoreToday(low, today)).toBeLessThan(60)
    expect(levelOf({ ...low, cell: { ...low.cell, level: 3 } })).toBe(2)
  })
})
