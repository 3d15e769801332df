import { describe, expect, it } from 'vitest'
import { changePhone } from '../support/change-phone.ts'
import { useWorld } from '../support/use-world.ts'
import { value } from '../support/world.ts'

describe('what rules look up', () => {
  const its = useWorld()

  it('is looked up on the long way, also where the configuration is known already', async () => {
    const { world } = its
    const benchmarks = [{ category: 'crm_update', metric: 'replies', floor: 1 }]
    const rules = {
      missed_benchmarks: {},
      new_audience: {},
      duplicates: { days: 30 },
      rates: [{ most: 9, per: 'day', of: 'kind' }],
      send_windows: { holidays: ['US'] },
    }
    value(await world.gate.setPolicy(world.owner, { ...rules, benchmarks }, null))
    for (const phone of ['+1 555 0101', '+1 555 0102', '+1 555 0103'])
      expect((await world.propose(changePhone(phone))).state).toBe('awaiting_approval')
  })
})
