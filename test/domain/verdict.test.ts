import { describe, expect, it, test } from 'vitest'
import { isStricter, type Outcome, type Reason, verdictOf } from '../../core/domain/verdict.ts'

const says = (outcome: Outcome, rule: string): Reason => ({ rule, outcome, text: rule })

describe('verdictOf', () => {
  test.each<[string, readonly Reason[], Outcome, readonly string[]]>([
    ['no reasons pass', [], 'pass', []],
    ['a pass passes', [says('pass', 'a')], 'pass', ['a']],
    ['a warning warns', [says('pass', 'a'), says('warn', 'b')], 'warn', ['b', 'a']],
    ['one that asks is enough', [says('warn', 'a'), says('ask', 'b')], 'ask', ['b', 'a']],
    [
      'one that blocks is enough',
      [says('pass', 'a'), says('ask', 'b'), says('block', 'c'), says('warn', 'd')],
      'block',
      ['c', 'b', 'd', 'a'],
    ],
    [
      'equally strict ones keep their order',
      [says('ask', 'a'), says('block', 'b'), says('ask', 'c'), says('block', 'd')],
      'block',
      ['b', 'd', 'a', 'c'],
    ],
  ])('%s', (_name, reasons, outcome, order) => {
    const verdict = verdictOf(reasons)
    expect(verdict.outcome).toBe(outcome)
    expect(verdict.reasons.map(({ rule }) => rule)).toEqual(order)
  })

  it('leaves the reasons that it was given as they were', () => {
    const reasons = Object.freeze([says('pass', 'a'), says('block', 'b')])
    expect(verdictOf(reasons).reasons).not.toBe(reasons)
    expect(reasons.map(({ rule }) => rule)).toEqual(['a', 'b'])
  })
})

describe('isStricter', () => {
  const order: readonly Outcome[] = ['pass', 'warn', 'ask', 'block']
  const pairs = order.flatMap((now, a) => order.map((then, b) => [now, then, a > b] as const))
  test.each(pairs)('%s after %s: %s', (now, then, expected) => {
    expect(isStricter(now, then)).toBe(expected)
  })
})
