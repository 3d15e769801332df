import { describe, expect, it, test } from 'vitest'
import { type Judged, type JudgedAction, judgedEvent } from '../../core/gate/judged-event.ts'
import type { DecisionRow } from '../../core/ports/rows.ts'
import type { JudgedOn } from '../../core/ports/trust.ts'
import { idOf } from '../support/views.ts'

const NOW = new Date('2026-03-05T09:00:00Z')
const DECIDED = new Date('2026-03-04T09:00:00Z')
const UNTOUCHED = { distance: 0, emptied: false }

const WORDS = Array.from({ length: 56 }, () => 'word').join(' ')
const action: JudgedAction = {
  approved: true,
  fields: [{ name: 'body', label: 'Text', type: 'long_text', required: true, editable: true, cosmetic: false }],
  input: { body: 'Prefers mornings' },
  preview: { title: 'A note', done: 'a note', lines: [{ label: 'Full text', value: WORDS }] },
  proposedAt: new Date(DECIDED.getTime() - 3_600_000),
  now: NOW,
}
const alone = { ...action, approved: false }

const decision = (verb: DecisionRow['decision'], via = 'http'): DecisionRow => ({
  id: idOf('dec', 'dec_1'),
  actionId: idOf('act', 'act_1'),
  decision: verb,
  byId: idOf('mem', 'mem_1'),
  byName: 'Owner',
  onBehalfOf: null,
  onBehalfOfName: null,
  via,
  at: DECIDED,
  payloadHash: 'h',
  revision: 1,
  policyVersion: 1,
  severity: null,
  reason: null,
  outside: false,
  changes: [],
})

const on = (given: Partial<JudgedOn> = {}): JudgedOn => ({
  decisions: [decision('approve')],
  firstVerdict: null,
  proposed: action.input,
  press: null,
  undo: null,
  ...given,
})

const byMember = { by: idOf('mem', 'mem_1'), outside: false, cause: null }
const byAgent = { by: idOf('agt', 'agt_1'), outside: false, cause: null }

test.each<[string, Judged, JudgedAction, JudgedOn, object | null]>([
  ['approved and settled', { kind: 'settled' }, action, on(), { kind: 'approved', edit: UNTOUCHED, tooFast: false }],
  [
    'edited, against what the agent proposed',
    { kind: 'settled' },
    action,
    on({ decisions: [decision('edit')], proposed: { body: 'Prefers evenings' } }),
    { kind: 'approved', edit: { distance: 0.1, emptied: false } },
  ],
  ['acted alone, and nobody looked', { kind: 'settled' }, alone, on({ decisions: [] }), { kind: 'unseen' }],
  [
    'acted alone, and a person said it looks good',
    { kind: 'settled' },
    alone,
    on({ decisions: [decision('confirm')] }),
    { kind: 'seen', confidence: 0.5 },
  ],
  [
    'rejected',
    { kind: 'rejected', severity: 'critical', outside: false },
    alone,
    on(),
    { kind: 'rejected', severity: 'critical' },
  ],
  ['rejected for an outside reason', { kind: 'rejected', severity: 'major', outside: true }, alone, on(), null],
  ['approved, then undone', { kind: 'undone' }, action, on({ undo: byMember }), { kind: 'reversed', severity: null }],
  ['acted alone, then undone', { kind: 'undone' }, alone, on({ undo: byMember }), { kind: 'undone', severity: null }],
  [
    'undone for an outside reason',
    { kind: 'undone' },
    alone,
    on({ undo: { ...byMember, outside: true, cause: null } }),
    null,
  ],
  [
    'undone by the agent',
    { kind: 'undone' },
    alone,
    on({ undo: byAgent }),
    { kind: 'reversed_by_agent', severity: null },
  ],
  ['stopped in its hold', { kind: 'stopped_in_hold', outside: false }, alone, on(), { kind: 'undone', severity: null }],
  ['stopped in its hold for an outside reason', { kind: 'stopped_in_hold', outside: true }, alone, on(), null],
  [
    'replaced by a new version',
    { kind: 'replaced', input: { body: 'Prefers evenings' } },
    alone,
    on({ decisions: [decision('revise')] }),
    { kind: 'revised', edit: { distance: 0.1, emptied: false }, confidence: 0.5 },
  ],
])('%s', (_name, judged, of, known, expected) => {
  const told = judgedEvent(judged, of, known)
  if (expected === null) expect(told).toBeNull()
  else expect(told?.event).toMatchObject(expected)
})

it('belongs to the day of the decision, and without one to today', () => {
  expect(judgedEvent({ kind: 'settled' }, action, on())?.decidedAt).toEqual(DECIDED)
  expect(judgedEvent({ kind: 'settled' }, alone, on({ decisions: [] }))?.decidedAt).toEqual(NOW)
  expect(judgedEvent({ kind: 'undone' }, action, on())?.decidedAt).toEqual(NOW)
})

describe('the time that was taken', () => {
  const secondsBefore = (seconds: number): Date => new Date(DECIDED.getTime() - seconds * 1000)
  // 60 words are on the card: 18 s to read, and nobody reads them in less than a quarter of that.
  const pressed = (via: string, previous: number | null, posted: number | null, together = 1) =>
    judgedEvent(
      { kind: 'settled' },
      action,
      on({
        decisions: [decision('approve', via)],
        press: {
          postedAt: posted === null ? null : secondsBefore(posted),
          previousPressAt: previous === null ? null : secondsBefore(previous),
          together,
        },
      }),
    )?.event

  test.each([
    ['right after another press', 'slack', 1, 900, 1, true],
    ['right after it was posted', 'slack', null, 3, 1, true],
    ['some time after both', 'slack', 60, 900, 1, false],
    ['with nothing before it', 'slack', null, null, 1, false],
    ['twenty at once', 'slack', 60, 900, 20, true],
    ['at a door that shows nothing', 'http', 1, 3, 1, false],
  ])('%s', (_name, via, previous, posted, together, tooFast) => {
    expect(pressed(via, previous, posted, together)).toMatchObject({ kind: 'approved', tooFast, confidence: 0.5 })
  })
})
