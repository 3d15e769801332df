import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import type { Level } from '../../core/domain/ceiling.ts'
import { type BoundBy, type LevelBounds, levelInForce } from '../../core/domain/level.ts'

const open: LevelBounds = {
  grant: 5,
  tier: null,
  ceiling: 5,
  policy: 5,
  isChangedAgent: false,
  isReturning: false,
  locked: false,
}

test.each<[string, Partial<LevelBounds>, Level, BoundBy, string]>([
  ['everything open', {}, 5, 'grant', 'Level 5 was granted for this.'],
  ['a grant below all', { grant: 3 }, 3, 'grant', 'Level 3 was granted for this.'],
  ['a grant of level 1', { grant: 1, locked: true }, 1, 'grant', 'Level 1 was granted for this.'],
  ['no grant', { grant: null }, 2, 'no_grant', 'Nobody has granted more than recommendations for this yet.'],
  ['a low score', { tier: 'review' }, 2, 'tier', 'The grant is level 5, but its score allows level 2 for now.'],
  ['a middling score', { tier: 'notify' }, 3, 'tier', 'The grant is level 5, but its score allows level 3 for now.'],
  ['a high score binds nothing', { tier: 'autonomous' }, 5, 'grant', 'Level 5 was granted for this.'],
  [
    'the ceiling',
    { grant: 4, ceiling: 3 },
    3,
    'ceiling',
    'The grant is level 4, but for its risk and what can be undone the ceiling is level 3.',
  ],
  [
    'the policy',
    { grant: 4, policy: 1 },
    1,
    'policy',
    'The grant is level 4, but the policy allows level 1 at most here.',
  ],
  [
    'the lock',
    { grant: 4, locked: true },
    2,
    'lock',
    'The grant is level 4, but it is under full review after a recent rejection.',
  ],
  [
    'no grant, and a stricter policy',
    { grant: null, policy: 1 },
    1,
    'policy',
    'The policy allows level 1 at most here.',
  ],
  [
    'on a tie the lock before all others',
    { grant: 2, tier: 'review', ceiling: 2, policy: 2, locked: true },
    2,
    'lock',
    'It is under full review after a recent rejection.',
  ],
  [
    'a changed agent',
    { grant: 4, isChangedAgent: true },
    3,
    'agent_change',
    'The grant is level 4, but the agent changed, and ten correct decisions have to show it again.',
  ],
  [
    'on a tie the grant before the rest',
    { grant: 2, tier: 'review', ceiling: 2, policy: 2 },
    2,
    'grant',
    'Level 2 was granted for this.',
  ],
  [
    'on a tie no grant before the rest',
    { grant: null, tier: 'review', ceiling: 2, policy: 2 },
    2,
    'no_grant',
    'Nobody has granted more than recommendations for this yet.',
  ],
  [
    'on a tie the policy before the score',
    { tier: 'notify', ceiling: 3, policy: 3 },
    3,
    'policy',
    'The grant is level 5, but the policy allows level 3 at most here.',
  ],
  [
    'on a tie the score before the ceiling',
    { tier: 'notify', ceiling: 3 },
    3,
    'tier',
    'The grant is level 5, but its score allows level 3 for now.',
  ],
  [
    'on a tie the lock before the ceiling',
    { ceiling: 2, locked: true },
    2,
    'lock',
    'The grant is level 5, but it is under full review after a recent rejection.',
  ],
])('%s', (_name, bounds, level, boundBy, why) => {
  expect(levelInForce({ ...open, ...bounds })).toEqual({ level, boundBy, why })
})

it('never passes any bound, and is one of them', () => {
  const levels = fc.constantFrom<Level>(1, 2, 3, 4, 5)
  const bounds = fc.record({
    grant: fc.option(levels),
    tier: fc.option(fc.constantFrom('review' as const, 'notify' as const, 'autonomous' as const)),
    ceiling: levels,
    policy: levels,
    isChangedAgent: fc.boolean(),
    isReturning: fc.boolean(),
    locked: fc.boolean(),
  })
  const tiers = { review: 2, notify: 3, autonomous: 5 }
  fc.assert(
    fc.property(bounds, (given) => {
      const all = [
        given.grant ?? 2,
        given.tier ? tiers[given.tier] : 5,
        given.ceiling,
        given.policy,
        given.isChangedAgent ? 3 : 5,
        given.isReturning ? 2 : 5,
        given.locked ? 2 : 5,
      ]
      expect(levelInForce(given).level).toBe(Math.min(...all))
    }),
  )
})
