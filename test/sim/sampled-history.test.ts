import { expect, it } from 'vitest'
import { coreHistory } from './core-history.ts'
import type { SampledAgent } from './sampled-agents.ts'
import { createTally } from './sampled-history.ts'

const flawless: SampledAgent = {
  name: 'flawless, then useless',
  acceptability: (n) => (n < 41 ? 1 : 0),
  decisions: 80,
  changesAt: 41,
  page: { by100: null, median: null, noticed: null },
}

it('counts what was asked, what bad ran alone, and how many judged decisions a change took', () => {
  const tally = createTally({ ...flawless, changesAt: 3 })
  tally.proposed(1, false, true, 2)
  tally.proposed(2, false, false, 2)
  tally.given(2)
  tally.given(9)
  tally.proposed(3, true, true, 3)
  tally.counted(2, true, false)
  tally.counted(3, true, false)
  tally.counted(4, false, false)
  tally.counted(5, true, true)
  tally.counted(6, true, true)
  tally.heldUp(['overrides'])
  tally.heldUp(['overrides'])
  expect(tally.result()).toEqual({
    givenAfter: 2,
    demotions: 2,
    noticedAfter: 2,
    couldBeNoticed: true,
    reviewsAsked: 2,
    badExecuted: 1,
    heldUpBy: ['overrides'],
  })
})

it('says nothing of a change that met no level to take back', () => {
  const tally = createTally({ ...flawless, changesAt: 1 })
  tally.proposed(1, false, true, 2)
  tally.counted(1, true, true)
  expect(tally.result()).toMatchObject({ couldBeNoticed: false, noticedAfter: null, demotions: 1 })
})

it('lets a flawless agent act after 30 decisions, and takes it back after four undone in a row', () => {
  const history = coreHistory(flawless, 5)
  expect(history).toMatchObject({ givenAfter: 30, demotions: 1, noticedAfter: 4, couldBeNoticed: true })
  expect(history.reviewsAsked + history.badExecuted).toBe(80 - 10)
})
