import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import type { Level } from '../../../core/domain/ceiling.ts'
import { CAUSES } from '../../../core/domain/decision.ts'
import { countDecision } from '../../../core/domain/trust/counted-decision.ts'
import { quantised, readRecord, recordJson, type TrustRecord } from '../../../core/domain/trust/trust-record.ts'
import { anyEvent } from '../../support/any-decision.ts'

const record: TrustRecord = {
  cell: { scope: 'crm_update.small', scenario: 'general', agentVersion: 'v1' },
  agentId: 'agt_1',
  wording: 'w1',
  version: 3,
  day: 20_516,
  ranAtLevel: null,
  event: { kind: 'rejected', severity: null },
  edge: { outcome: 'warranted', kind: 'quiet_hours', isSerious: false },
}

const anyKnown = fc.record(
  { cause: fc.constantFrom(...CAUSES), sensitiveAsked: fc.boolean(), baseline: fc.constantFrom(0, 0.5, 0.93, 1) },
  { requiredKeys: [] },
)

it('is read back as it was written, through its text', () => {
  const levels = fc.constantFrom<Level | null>(null, 1, 2, 3, 4, 5)
  fc.assert(
    fc.property(anyEvent, anyEvent, levels, anyKnown, (event, earlier, ranAtLevel, known) => {
      const instead = { day: 20_510, event: quantised(earlier) }
      const written = { ...record, ...known, ranAtLevel, event: quantised(event), instead }
      expect(readRecord(JSON.parse(JSON.stringify(recordJson(written))))).toEqual(written)
    }),
  )
})

it('quantising again changes nothing, and counts as before to a millionth', () => {
  fc.assert(
    fc.property(anyEvent, (event) => {
      const once = quantised(event)
      expect(quantised(once)).toEqual(once)
      const [a, b] = [countDecision(event), countDecision(once)]
      expect(Math.abs(a.confidenceMicros - b.confidenceMicros)).toBeLessThanOrEqual(1)
    }),
  )
})

test.each([
  ['nothing', undefined],
  ['a cell without a scope', { ...without('cell'), cell: { scenario: 'x', agent_version: 'y' } }],
  ['no agent', without('agent')],
  ['no wording', without('wording')],
  ['a version that is no number', { ...written(), version: '3' }],
  ['a day that is no whole number', { ...written(), day: 1.5 }],
  ['a level that there is not', { ...written(), ran_at: 6 }],
  ['no event', without('event')],
  ['an event of another sort', { ...written(), event: { kind: 'dreamt' } }],
  ['an approval without its edit', { ...written(), event: { kind: 'approved', confidence: 1, too_fast: false } }],
  ['a severity that there is not', { ...written(), event: { kind: 'rejected', severity: 'huge' } }],
])('%s is no record', (_name, json) => {
  expect(readRecord(json)).toBeNull()
})

function written(): Record<string, unknown> {
  // safe: it is written as an object
  return { ...(recordJson(record) as Record<string, unknown>) }
}

function without(name: string): Record<string, unknown> {
  const json = written()
  delete json[name]
  return json
}
