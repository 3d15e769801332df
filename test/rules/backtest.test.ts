import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  COURSES,
  type Course,
  createBacktest,
  type Ending,
  isOverridden,
  type ReplayedAction,
} from '../../core/rules/backtest.ts'
import { becauseWords, didWords, notReplayed, summaryWords } from '../../core/rules/backtest-words.ts'
import { reason } from '../../core/rules/guardrails/guardrail.ts'

const AT = new Date('2026-03-04T17:00:00Z')
const ENDINGS: readonly Ending[] = ['kept', 'rejected', 'undone', 'revised', 'expired', 'waiting', 'ended']
let count = 0
const action = (given: Partial<ReplayedAction> = {}): ReplayedAction => ({
  id: `act_${(count += 1)}`,
  title: 'Your newsletter goes to 1,200 people',
  category: 'email_campaign',
  at: AT,
  did: 'asked',
  ending: 'kept',
  would: 'asked',
  reasons: [],
  levelWhy: 'Level 4 was granted for this.',
  reviewSeconds: 60,
  ...given,
})
const replayed = (...actions: readonly ReplayedAction[]) => {
  const backtest = createBacktest()
  for (const one of actions) backtest.add(one)
  return backtest.result()
}

const any: fc.Arbitrary<ReplayedAction> = fc
  .record({
    did: fc.constantFrom(...COURSES),
    would: fc.constantFrom(...COURSES),
    ending: fc.constantFrom(...ENDINGS),
    category: fc.constantFrom('email_campaign' as const, 'crm_update' as const, 'ad_budget' as const),
    reviewSeconds: fc.integer({ min: 0, max: 1800 }),
    at: fc.date({ min: AT, max: new Date('2026-06-04T17:00:00Z'), noInvalidDate: true }),
  })
  .map(action)

test('what it was and what it would have been add up, in all and by category', () => {
  fc.assert(
    fc.property(fc.array(any, { maxLength: 60 }), (actions) => {
      const { total, categories, changes } = replayed(...actions)
      for (const when of ['did', 'would'] as const) {
        expect(COURSES.reduce((sum, course) => sum + total[when][course], 0)).toBe(actions.length)
        for (const course of COURSES)
          expect(categories.reduce((sum, own) => sum + own[when][course], 0)).toBe(total[when][course])
        const overridden = actions.filter(({ ending }) => isOverridden(ending))
        const observed = overridden.filter((one) => one[when] === 'observed')
        expect(total.letThrough[when] + total.heldBack[when]).toBe(overridden.length - observed.length)
      }
      expect(changes.reduce((sum, { actions: some }) => sum + some, 0)).toBe(
        actions.filter(({ did, would }) => did !== would).length,
      )
    }),
  )
})

test('what it keeps does not grow with the actions', () => {
  const backtest = createBacktest()
  for (let n = 0; n < 20_000; n += 1)
    backtest.add(
      action({
        did: COURSES[n % 4] ?? 'ran',
        would: COURSES[(n >> 2) % 4] ?? 'ran',
        ending: ENDINGS[n % 7] ?? 'kept',
        at: new Date(AT.getTime() + n),
      }),
    )
  const { examples } = backtest.result()
  // Three of each of twelve changes, and three that would be let through.
  expect(examples.length).toBeLessThanOrEqual(39)
  expect(examples.map(({ at }) => at.getTime())).toEqual(
    examples.map(({ at }) => at.getTime()).toSorted((a, b) => b - a),
  )
  expect(examples.at(-1)?.at.getTime()).toBeGreaterThan(AT.getTime() + 19_000)
})

describe('a rule', () => {
  it('counts once for an action, with the strictest that it said', () => {
    const reasons = [
      reason('amount.cap', 'block', 'Too much.'),
      reason('blocked_words', 'ask', 'A word.'),
      reason('blocked_words', 'warn', 'Another word.'),
    ]
    expect(replayed(action({ reasons }), action({ reasons: reasons.slice(1) })).rules).toEqual([
      { rule: 'blocked_words', warned: 0, asked: 2, blocked: 0 },
      { rule: 'amount.cap', warned: 0, asked: 0, blocked: 1 },
    ])
  })
})

describe('in words', () => {
  test.each<[Course, Ending, string]>([
    ['ran', 'kept', 'It ran without a person.'],
    ['ran', 'undone', 'It ran without a person, and was taken back.'],
    ['asked', 'kept', 'A person was asked and let it run.'],
    ['asked', 'rejected', 'A person was asked and rejected it.'],
    ['asked', 'expired', 'A person was asked, and it expired.'],
    ['asked', 'waiting', 'A person was asked and has not decided yet.'],
    ['blocked', 'ended', 'It was blocked.'],
    ['observed', 'ended', 'It was only recorded.'],
  ])('%s and %s: %s', (did, ending, words) => {
    expect(didWords(did, ending)).toBe(words)
  })

  it('gives the rule that stood in the way, or else the level', () => {
    const cap = reason('amount.cap', 'block', 'It costs too much.')
    const note = reason('tone', 'warn', 'It shouts.')
    expect(becauseWords(action({ would: 'blocked', reasons: [cap, note] }))).toBe('It costs too much.')
    expect(becauseWords(action({ would: 'asked', reasons: [note] }))).toBe('Level 4 was granted for this.')
    expect(becauseWords(action({ would: 'ran', reasons: [note] }))).toBe('Level 4 was granted for this.')
  })

  it('says in all what it comes to', () => {
    const let2 = action({ would: 'ran', ending: 'undone', did: 'ran' })
    expect(summaryWords(replayed(action(), action({ would: 'ran' }), let2), 90)).toBe(
      'Of 3 proposals in 90 days, people would have been asked about 1 instead of 2 (1 min of reviews instead of 2 min), and 0 instead of 0 would have been blocked. Of what people rejected or took back 1 would have run without asking them; at the time it was 1.',
    )
    expect(summaryWords(replayed(), 30)).toBe('Nothing was proposed in the last 30 days.')
  })

  it('names only the look-ups that some rule wanted', () => {
    expect(notReplayed(new Set(['runs', 'same_text']))).toEqual(notReplayed(new Set()))
    expect(notReplayed(new Set(['audience'])).at(-1)).toMatch(/^whether an audience or channel was new/)
    expect(notReplayed(new Set(['judge'])).at(-1)).toMatch(/^what the model would have said/)
  })
})
