import { describe, expect, it, test } from 'vitest'
import { CATEGORIES, categoryWords } from '../../../core/domain/category.ts'
import { WALLS, type WallState, type WallsEvidence, wallsGate } from '../../../core/domain/trust/walls-gate.ts'

const HOLD = { budget: 'enforced', brand_voice: 'enforced', channels: 'enforced', topics: 'enforced' } as const
const gateOf = (walls: Partial<WallsEvidence['walls']>, movesMoney = true, of = 'email campaigns') =>
  wallsGate({ walls: { ...HOLD, ...walls }, movesMoney, of })

test.each<[string, Partial<WallsEvidence['walls']>, boolean, string, string]>([
  ['all', {}, true, 'held', 'All walls that are needed hold.'],
  ['no budget, and no money', { budget: 'missing' }, false, 'held', 'All walls that are needed hold.'],
  [
    'no budget',
    { budget: 'missing' },
    true,
    'missing',
    'No budget is set for email campaigns, where money moves; add one for a day, a week or a month to the policy.',
  ],
  [
    'no brand voice',
    { brand_voice: 'missing' },
    true,
    'missing',
    'No brand voice is set for email campaigns; add blocked words, wording, claims or a tone to the policy.',
  ],
  [
    'no channels',
    { channels: 'missing' },
    true,
    'missing',
    'No channels are set for email campaigns; say in the policy which channels or actions are allowed.',
  ],
  [
    'no topics',
    { topics: 'missing' },
    false,
    'missing',
    'No topics are set for email campaigns; add those that a person decides to the policy.',
  ],
  [
    'several',
    { brand_voice: 'missing', channels: 'missing', topics: 'missing' },
    false,
    'missing',
    'Not set for email campaigns: brand voice, channels and topics. Add them to the policy, or start from a ready pack.',
  ],
  [
    'one that only warns',
    { topics: 'warn_only' },
    true,
    'missing',
    'For email campaigns the policy only warns about topics; let it ask a person or block instead.',
  ],
  [
    'both',
    { budget: 'warn_only', topics: 'missing' },
    true,
    'missing',
    'Not set for email campaigns: topics; only warning: budget. Set them in the policy, or start from a ready pack.',
  ],
])('%s', (_name, walls, movesMoney, status, says) => {
  expect(gateOf(walls, movesMoney)).toMatchObject({ name: 'walls', status, says })
})

describe('whatever does not hold', () => {
  const STATES: readonly WallState[] = ['enforced', 'warn_only', 'missing']
  const all = STATES.flatMap((budget) =>
    STATES.flatMap((brand_voice) =>
      STATES.flatMap((channels) => STATES.map((topics) => ({ budget, brand_voice, channels, topics }))),
    ),
  )

  it('is said in at most 160 characters, in words of the business', () => {
    for (const walls of all)
      for (const category of CATEGORIES) {
        const { says } = gateOf(walls, true, categoryWords(category))
        expect(says.length, says).toBeLessThanOrEqual(160)
        expect(says).not.toContain('_')
      }
  })

  it('holds a step back, and is counted', () => {
    for (const walls of all) {
      const holding = WALLS.filter((wall) => walls[wall] === 'enforced').length
      expect(gateOf(walls)).toMatchObject({ status: holding === 4 ? 'held' : 'missing', has: holding, needs: 4 })
    }
  })
})
