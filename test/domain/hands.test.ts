import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { handsOf, inBoth, issuersOf, type TokenHolder, withIssuedToken } from '../../core/domain/hands.ts'

const at = new Date('2026-03-04T17:00:00Z')
const earlier = new Date(at.getTime() - 1)
const who = (id: string, more: Partial<TokenHolder> = {}): TokenHolder => ({
  id,
  slackUserId: `U${id}`,
  tokenHands: [],
  tokenOwnSince: null,
  formerTokens: [],
  ...more,
})
const issued: Partial<TokenHolder> = { tokenHands: ['Mo', 'Ann'] }

test.each<[string, readonly TokenHolder[], 'http' | 'slack', readonly string[]]>([
  ['somebody unknown is themselves', [], 'http', ['No']],
  ['a token that nobody issued', [who('No')], 'http', ['No']],
  ['a bare token is everybody’s who held it', [who('No', issued), who('Mo'), who('Ann')], 'http', ['No', 'Mo', 'Ann']],
  ['a press is whoever presses', [who('No', issued), who('Mo'), who('Ann')], 'slack', ['No']],
  [
    'a press may be theirs who have no Slack user',
    [who('No', issued), who('Mo'), who('Ann', { slackUserId: null })],
    'slack',
    ['No', 'Ann'],
  ],
  [
    'a token that was taken in Slack before',
    [who('No', { ...issued, tokenOwnSince: earlier }), who('Mo'), who('Ann')],
    'http',
    ['No'],
  ],
  [
    'what was done before it was taken, or in that moment',
    [who('No', { ...issued, tokenOwnSince: at }), who('Mo'), who('Ann')],
    'http',
    ['No', 'Mo', 'Ann'],
  ],
])('%s', (_name, members, via, hands) => {
  expect(handsOf(members, { id: 'No', via }, at)).toEqual(hands)
})

describe('once another token was issued', () => {
  const later = new Date(at.getTime() + 1)
  const no = who('No', { tokenHands: ['Mo'], tokenOwnSince: null })
  const [mo, ann] = [who('Mo', { slackUserId: null }), who('Ann')]
  const anew = { ...no, ...withIssuedToken(no, ['Ann', 'No', 'Bo', 'Ann'], at) }

  test.each<[string, Date, 'http' | 'slack', readonly string[], readonly string[]]>([
    ['what was done before it stays in the former hands', at, 'http', ['No', 'Mo'], ['Mo']],
    ['what is done with it is in the new ones alone', later, 'http', ['No', 'Ann', 'Bo'], ['Ann', 'Bo']],
    ['a press before it may be theirs who have no Slack user', at, 'slack', ['No', 'Mo'], []],
    ['a press after it may be theirs who ever had one issued', later, 'slack', ['No', 'Mo', 'Bo'], []],
  ])('%s', (_name, when, via, hands, issuers) => {
    expect(handsOf([anew, mo, ann], { id: 'No', via }, when)).toEqual(hands)
    expect(issuersOf([anew, mo, ann], { id: 'No', via }, when)).toEqual(issuers)
  })

  test('one that was taken in Slack meanwhile stays their own, and the new one is not', () => {
    const own = { ...no, tokenOwnSince: earlier }
    const then = { ...own, ...withIssuedToken(own, ['Ann'], later) }
    const came = { id: 'No', via: 'http' } as const
    expect([earlier, at, new Date(later.getTime() + 1)].map((when) => issuersOf([then], came, when))).toEqual([
      ['Mo'],
      [],
      ['Ann'],
    ])
  })

  test('whatever is issued, and in whatever order it began, nothing that was done before changes hands', () => {
    const handArb = fc.constantFrom('Mo', 'Ann', 'Bo')
    const stepArb = fc.record({ by: handArb, inMs: fc.integer({ min: -2, max: 5 }), own: fc.boolean() })
    fc.assert(
      fc.property(fc.array(stepArb, { maxLength: 8 }), (steps) => {
        let [holder, now] = [no, at.getTime()]
        for (const { by, inMs, own } of steps) {
          now += inMs
          const begins = new Date(now)
          if (own) holder = { ...holder, tokenOwnSince: begins }
          const over = holder.formerTokens.at(-1)?.until ?? begins
          const past = [-9, -1, 0].map((ms) => new Date(Math.min(over.getTime(), begins.getTime()) + ms))
          const issuersThen = past.map((when) => issuersOf([holder], { id: 'No', via: 'http' }, when))
          holder = { ...holder, ...withIssuedToken(holder, [by], begins) }
          expect(past.map((when) => issuersOf([holder], { id: 'No', via: 'http' }, when))).toEqual(issuersThen)
          const last = holder.formerTokens.at(-1)?.until.getTime() ?? 0
          expect(issuersOf([holder], { id: 'No', via: 'http' }, new Date(last + 1))).toEqual([by])
        }
      }),
    )
  })

  test('the same hands again and again are kept once', () => {
    let holder = anew
    for (let ms = 1; ms <= 5; ms += 1)
      holder = { ...holder, ...withIssuedToken(holder, ['Ann', 'Bo'], new Date(at.getTime() + ms)) }
    expect(holder.formerTokens.map(({ hands, until }) => [hands, until.getTime() - at.getTime()])).toEqual([
      [['Mo'], 0],
      [['Ann', 'Bo'], 5],
    ])
  })
})

test('who is in both is known, and nobody where they are different people', () => {
  expect(inBoth(['Mo', 'Ann'], ['No', 'Ann'])).toBe('Ann')
  expect(inBoth(['Mo', 'Ann'], ['No'])).toBeUndefined()
})
