import { describe, expect, it } from 'vitest'
import { changePhone } from '../support/change-phone.ts'
import { useWorld } from '../support/use-world.ts'
import { refusal, value } from '../support/world.ts'

describe('a label into another category', () => {
  const its = useWorld()

  it('is no way around the rules and the stops of its own', async () => {
    const { world } = its
    const { gate, owner } = world
    value(
      await gate.setPolicy(
        owner,
        { scopes: [{ when: { category: 'crm_update' }, blocked_words: ['555 0199'] }] },
        null,
      ),
    )
    const labels = { category: 'audience' }
    expect((await world.propose({ ...changePhone(), labels })).state).toBe('blocked')
    value(await gate.stop(owner, { kind: 'category', value: 'crm_update' }, null))
    const stopped = await gate.proposeAction(
      world.agent,
      { ...changePhone('+1 555 0100'), labels, reason: 'x' },
      world.once(),
    )
    expect(refusal(stopped)).toMatchObject({ kind: 'stopped' })
  })
})
