import { expect, test } from 'vitest'
import { nextToExpand, type ScopeStanding } from '../../../core/domain/rollout/next-to-expand.ts'

const standing = (given: Partial<ScopeStanding>): ScopeStanding => ({
  scope: 'crm_update.small',
  level: 2,
  aimAt: 4,
  cycles: 31,
  verdict: null,
  isUnderReview: false,
  isBeside: false,
  isDue: false,
  ...given,
})

test.each<[string, Partial<ScopeStanding>, readonly string[]]>([
  ['not due', {}, []],
  ['due', { isDue: true }, ['grant 3']],
  ['alone, not compared yet', { level: 3, isDue: true }, []],
  ['alone, too few to say', { level: 3, verdict: 'too_few_to_say' }, []],
  ['held', { level: 3, verdict: 'not_worse' }, ['raise 4']],
  ['got better', { level: 3, verdict: 'better' }, ['raise 4']],
  ['held, under full review since', { level: 3, verdict: 'better', isUnderReview: true }, []],
  ['held, where it was to be', { level: 4, verdict: 'better' }, []],
  ['got worse', { level: 4, verdict: 'worse' }, ['take_back 2']],
])('%s', (_name, given, expected) => {
  expect(nextToExpand([standing(given)]).map(({ what, to }) => `${what} ${to}`)).toEqual(expected)
})

test('what got worse comes first, then what held, then what is due in its order', () => {
  const found = nextToExpand([
    standing({ scope: 'booking.small', isDue: true, isBeside: true }),
    standing({ scope: 'audience.small', isDue: true }),
    standing({ scope: 'blog_post.small', level: 3, verdict: 'better' }),
    standing({ scope: 'crm_update.small', level: 3, verdict: 'worse' }),
  ])
  expect(found.map(({ says }) => says)).toEqual([
    'crm_update.small got worse: back to approvals, and see whether its goals or its guardrails have to change.',
    'blog_post.small held: level 4 (act and report) is next, once its gates hold.',
    'booking.small has 31 judged cycles and lies beside what held: level 3 (act and notify) is next, once its gates hold.',
    'audience.small has 31 judged cycles: level 3 (act and notify) is next, once its gates hold.',
  ])
})
