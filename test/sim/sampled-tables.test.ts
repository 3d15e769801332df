import { expect, it } from 'vitest'
import { SAMPLED_AGENTS } from './sampled-agents.ts'
import type { SampledHistory } from './sampled-history.ts'
import { type Sampled, sampledTables } from './sampled-tables.ts'
import { tableText } from './table.ts'

const history: SampledHistory = {
  givenAfter: 30,
  demotions: 0,
  noticedAfter: null,
  couldBeNoticed: false,
  reviewsAsked: 30,
  badExecuted: 1,
  heldUpBy: [],
}

function sampled(named: string, gate: Partial<SampledHistory>, core: Partial<SampledHistory> = {}): Sampled {
  const agent = SAMPLED_AGENTS.find(({ name }) => name === named)
  if (!agent) throw new Error(`There is no agent of ${named}`)
  const through = { ...history, ...gate, proposals: 1, grants: 1, compared: 1, apart: 0 }
  return { agent, gate: through, core: { ...history, ...core } }
}

it('puts the gate, the room that its sample leaves, the core and the page side by side', () => {
  const six = [32, 40, 50, 60, 101, null].map((givenAfter, at) =>
    sampled('90 %', { givenAfter, badExecuted: at < 3 ? 0 : 2 }, { givenAfter: 91 }),
  )
  const [steps, costs] = sampledTables(six).map(tableText)
  expect(steps).toContain('| 90 %; 6 histories of 140 |')
  // Four of six by decision 100; of six the first and the last bound the median.
  expect(steps).toContain('| 67 % (22 % to 96 %) / 100 % / 55 % |')
  expect(steps).toContain('| 50 (32 to never) / 91 / 91 ')
  expect(costs).toContain('| 30.0 / 30.0 / – | 1.0 (0.1 to 1.9) / 1.0 / – ')
})

it('measures how soon a change is noticed only where gate and core had given level 3 before', () => {
  const change = '98 %, then 70 % from decision 61'
  const could = { couldBeNoticed: true }
  const tables = sampledTables([
    sampled(change, { ...could, noticedAfter: 12 }, { ...could, noticedAfter: 14 }),
    sampled(change, { ...could, noticedAfter: 99 }, { noticedAfter: null }),
  ])
  expect(tables.map(tableText).join('\n')).toContain('| 12 / 14 / 19 ')
})
