import { expect, test } from 'vitest'
import { handsOf, inBoth, type TokenHolder } from '../../core/domain/hands.ts'

const at = new Date('2026-03-04T17:00:00Z')
const earlier = new Date(at.getTime() - 1)
const who = (id: string, more: Partial<TokenHolder> = {}): TokenHolder => ({
  id,
  slackUserId: `U${id}`,
  tokenHands: [],
  tokenOwnSince: null,
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

test('who is in both is known, and nobody where they are different people', () => {
  expect(inBoth(['Mo', 'Ann'], ['No', 'Ann'])).toBe('Ann')
  expect(inBoth(['Mo', 'Ann'], ['No'])).toBeUndefined()
})
