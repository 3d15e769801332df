import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { COURSES, type Course, type Ending } from '../../core/rules/backtest.ts'
import { type ComparedAction, createComparison, type Decided } from '../../core/rules/comparison.ts'
import { comparedWords, conclusionWords, differenceWords, percent } from '../../core/rules/comparison-words.ts'
import { reason } from '../../core/rules/guardrails/guardrail.ts'

const AT = new Date('2026-03-04T17:00:00Z')
const VERSIONS = { onTrial: 4, inForce: 3 }
const decided = (would: Course, given: Partial<Decided> = {}): Decided => ({
  would,
  reasons: [],
  levelWhy: 'Level 4 was granted for this.',
  ...given,
})
let count = 0
const action = (onTrial: Course, inForce: Course, given: Partial<ComparedAction> = {}): ComparedAction => ({
  id: `act_${(count += 1)}`,
  title: 'Your newsletter goes to 1,200 people',
  category: 'email_campaign',
  at: AT,
  did: onTrial,
  ending: 'kept',
  reviewSeconds: 60,
  onTrial: decided(onTrial),
  inForce: decided(inForce),
  sinceStart: true,
  ...given,
})
const compared = (...actions: readonly ComparedAction[]) => {
  const comparison = createComparison()
  for (const one of actions) comparison.add(one)
  return comparison.result()
}
const many = (times: number, onTrial: Course, inForce: Course) =>
  Array.from({ length: times }, () => action(onTrial, inForce))

describe('both versions', () => {
  it('are counted side by side, with what each lets through', () => {
    const { total, stricter, looser } = compared(
      action('ran', 'asked', { ending: 'undone' }),
      action('ran', 'ran', { ending: 'undone' }),
      action('blocked', 'asked', { ending: 'rejected' }),
      action('asked', 'asked'),
    )
    expect(total).toEqual({
      actions: 4,
      onTrial: {
        courses: { ran: 2, asked: 1, blocked: 1, observed: 0 },
        reviewSeconds: 60,
        letThrough: 2,
        heldBack: 1,
      },
      inForce: {
        courses: { ran: 1, asked: 3, blocked: 0, observed: 0 },
        reviewSeconds: 180,
        letThrough: 1,
        heldBack: 2,
      },
    })
    expect([stricter, looser]).toEqual([1, 1])
  })

  it('count by themselves before the trial and since', () => {
    const { sinceStart, before } = compared(action('ran', 'asked'), action('asked', 'asked', { sinceStart: false }))
    expect([sinceStart.actions, before.actions]).toEqual([1, 1])
    expect([sinceStart.inForce.courses.asked, before.inForce.courses.asked]).toEqual([1, 1])
    expect([sinceStart.onTrial.courses.asked, before.onTrial.courses.asked]).toEqual([0, 1])
  })

  it('add up, and what they differ in is stricter or looser', () => {
    const any = fc
      .record({
        onTrial: fc.constantFrom(...COURSES),
        inForce: fc.constantFrom(...COURSES),
        ending: fc.constantFrom<Ending>('kept', 'rejected', 'undone', 'expired'),
        sinceStart: fc.boolean(),
      })
      .map(({ onTrial, inForce, ...given }) => action(onTrial, inForce, given))
    fc.assert(
      fc.property(fc.array(any, { maxLength: 60 }), (actions) => {
        const { total, sinceStart, before, stricter, looser, examples } = compared(...actions)
        for (const side of ['onTrial', 'inForce'] as const)
          for (const course of COURSES) {
            expect(total[side].courses[course]).toBe(actions.filter((one) => one[side].would === course).length)
            expect(sinceStart[side].courses[course] + before[side].courses[course]).toBe(total[side].courses[course])
          }
        expect(stricter + looser).toBe(actions.filter((one) => one.onTrial.would !== one.inForce.would).length)
        expect(examples.length).toBeLessThanOrEqual(39)
      }),
    )
  })
})

describe('the reason of a difference', () => {
  const asks = { reasons: [reason('amount.ask_above', 'ask', 'It costs $210.00; above $200.00 a person decides.')] }
  test.each<[string, Decided, Decided, string]>([
    ['is what the stricter one in force said', decided('ran'), decided('asked', asks), asks.reasons[0]?.text ?? ''],
    ['is what the stricter one on trial said', decided('asked', asks), decided('ran'), asks.reasons[0]?.text ?? ''],
    [
      'is the level where no rule stood in the way',
      decided('asked', { levelWhy: 'Level 2: the policy allows level 2 at most here.' }),
      decided('ran'),
      'Level 2: the policy allows level 2 at most here.',
    ],
  ])('%s', (_name, onTrial, inForce, says) => {
    expect(differenceWords({ ...action('ran', 'ran'), onTrial, inForce })).toBe(says)
  })
})

describe('what it comes to', () => {
  test.each<[string, readonly ComparedAction[], string]>([
    ['nothing', [], 'There is nothing to compare yet: nothing was proposed here in that time.'],
    [
      'one difference among few',
      [...many(1, 'asked', 'ran'), ...many(11, 'asked', 'asked')],
      'Version 4 is stricter than version 3, on 1 of 12 actions (8 %); too few to say so: wait for 30.',
    ],
    [
      'one alone',
      many(1, 'ran', 'ran'),
      'Version 4 decides like version 3, in all of 1 action; too few to say so: wait for 30.',
    ],
    [
      'one short of enough',
      many(29, 'ran', 'ran'),
      'Version 4 decides like version 3, in all of 29 actions; too few to say so: wait for 30.',
    ],
    [
      'alike',
      many(30, 'ran', 'ran'),
      'Version 4 decides like version 3, in all of 30 actions; that is enough to say so.',
    ],
    [
      'looser',
      [...many(15, 'ran', 'asked'), ...many(15, 'asked', 'asked')],
      'Version 4 is looser than version 3, on 15 of 30 actions (50 %); that is enough to say so.',
    ],
    [
      'only recorded is stricter than asked',
      [...many(15, 'observed', 'asked'), ...many(15, 'blocked', 'observed')],
      'Version 4 is stricter than version 3, on 30 of 30 actions (100 %); that is enough to say so.',
    ],
    // 12 against 2: 10 is more than 2 × √14 = 7.48.
    [
      'mostly stricter',
      [...many(12, 'blocked', 'ran'), ...many(2, 'ran', 'blocked'), ...many(16, 'ran', 'ran')],
      'Version 4 is stricter than version 3, on 12 of 30 actions (40 %) and looser on 2; that is enough to say so.',
    ],
    // 9 against 4: 5 is less than 2 × √13 = 7.21.
    [
      'neither',
      [...many(9, 'blocked', 'ran'), ...many(4, 'ran', 'blocked'), ...many(17, 'ran', 'ran')],
      'Neither version is clearly stricter: version 4 is stricter on 9 of 30 actions and looser on 4.',
    ],
  ])('%s', (_name, actions, says) => {
    expect(conclusionWords(compared(...actions), VERSIONS)).toBe(says)
  })

  it('is said in 160 characters, however many there are', () => {
    for (const [stricter, looser] of [
      [99_998, 1],
      [1, 99_998],
      [50_000, 49_999],
      [0, 0],
    ] as const)
      for (const actions of [99_999, 29]) {
        const total = { ...compared().total, actions }
        const says = conclusionWords({ total, stricter, looser }, { onTrial: 1_024, inForce: 1_023 })
        expect(says.length).toBeLessThanOrEqual(160)
      }
  })

  it('says what reviews it costs and what it lets through', () => {
    expect(
      comparedWords(compared(action('ran', 'asked', { ending: 'undone' }), action('blocked', 'asked')), VERSIONS),
    ).toBe(
      'Of 2 actions version 4 asks about 0 and blocks 1 (0 min of reviews); version 3 asks about 2 and blocks 0 (2 min). Of what people rejected or took back version 4 lets 1 run without asking them, version 3 0.',
    )
    expect(comparedWords(compared(action('asked', 'asked')), VERSIONS)).toMatch(/Neither lets anything run unasked/)
    expect(comparedWords(compared(), VERSIONS)).toBe('Nothing was proposed here in that time.')
  })
})

test.each([
  [0, 0, '0 %'],
  [0, 7, '0 %'],
  [1, 1_000, 'under 1 %'],
  [999, 1_000, 'over 99 %'],
  [7, 7, '100 %'],
])('%i of %i is %s', (part, whole, says) => {
  expect(percent(part, whole)).toBe(says)
})
