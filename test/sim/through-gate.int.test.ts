import { expect, it } from 'vitest'
import { useWorld } from '../support/use-world.ts'
import { WALLS } from '../support/walls.ts'
import { assertSame } from './gate-outcome.ts'
import type { SampledAgent } from './sampled-agents.ts'
import { throughGate } from './through-gate.ts'

/** Good until it may act alone, and then bad: every sort of decision in few of them. */
const agent: SampledAgent = {
  name: '95 %, then 20 % from decision 41',
  acceptability: (n) => (n < 41 ? 0.95 : 0.2),
  decisions: 60,
  changesAt: 41,
  page: { by100: null, median: null, noticed: null },
}

const its = useWorld({ policy: WALLS })

it('goes through the real gate as it does in the core: given, used, and taken back', async () => {
  const history = await throughGate(its.world, agent, 4)
  expect(history).toMatchObject({ proposals: 1, grants: 1, demotions: 1, couldBeNoticed: true })
  expect(history.apart).toBeLessThan(1e-9)
  expect(history.badExecuted).toBeGreaterThan(3)
})

it('fails where gate and core are apart', () => {
  const outcome = { whole: [1, 3], fractions: [0, 80], evidence: [25] }
  expect(assertSame(outcome, { ...outcome, fractions: [0, 80 + 1e-12] })).toBeLessThan(1e-9)
  expect(() => assertSame(outcome, { ...outcome, fractions: [0, 80 + 1e-8] })).toThrow('The gate keeps')
  expect(() => assertSame(outcome, { ...outcome, whole: [1, 2] })).toThrow('The gate keeps')
})
