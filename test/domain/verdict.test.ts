import { describe, expect, it, test } from 'vitest'
import {
  hasNewObjection,
  isStricter,
  isStricterThanSeen,
  type Outcome,
  type Reason,
  verdictOf,
} from '../../core/domain/verdict.ts'

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

describe('hasNewObjection', () => {
  const seen = verdictOf([says('ask', 'amount.ask_above'), says('warn', 'claims')])
  test.each<[string, readonly Reason[], boolean]>([
    ['what was seen is not new', [says('ask', 'amount.ask_above')], false],
    ['another rule that asks is', [says('ask', 'amount.ask_above'), says('ask', 'conditions')], true],
    ['another rule that asks instead is', [says('ask', 'conditions')], true],
    ['another rule that warns is not', [says('ask', 'amount.ask_above'), says('warn', 'conditions')], false],
    ['what only warned and asks now is', [says('ask', 'claims')], true],
    ['what asked and blocks now is', [says('block', 'amount.ask_above')], true],
    ['what asked and warns now is not', [says('warn', 'amount.ask_above')], false],
    ['nothing is not', [], false],
  ])('%s', (_name, reasons, expected) => {
    expect(hasNewObjection(verdictOf(reasons), seen)).toBe(expected)
  })

  it('counts everything that asks where nothing was seen', () => {
    expect(hasNewObjection(verdictOf([says('ask', 'a')]), null)).toBe(true)
    expect(hasNewObjection(verdictOf([says('warn', 'a')]), null)).toBe(false)
  })
})

describe('isStricterThanSeen', () => {
  test.each<[string, readonly Reason[], readonly Reason[], boolean]>([
    ['a warning after nothing', [says('warn', 'a')], [], true],
    ['another reason to ask', [says('ask', 'b')], [says('ask', 'a')], true],
    ['the same reason to ask', [says('ask', 'a')], [says('ask', 'a')], false],
    ['nothing after a reason to ask', [], [says('ask', 'a')], false],
  ])('%s', (_name, now, seen, expected) => {
    expect(isStricterThanSeen(verdictOf(now), verdictOf(seen))).toBe(expected)
  })
})
