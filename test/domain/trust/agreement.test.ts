import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { agreementOf } from '../../../core/domain/trust/agreement.ts'

const DAY = 86_400_000
const one = (kindId: string, target: string, day: number, text = 'a') => ({ kindId, target, atMs: day * DAY, text })
const distance = (a: { text: string }, b: { text: string }): number =>
  a.text === b.text ? 0 : b.text === 'near' ? 0.1 : 0.5

test.each([
  ['the same', [one('note', '1', 0)], [one('note', '1', 2)], { same: 1, close: 0, different: 0 }],
  ['nearly the same', [one('note', '1', 0)], [one('note', '1', 0, 'near')], { same: 0, close: 1, different: 0 }],
  ['something else', [one('note', '1', 0)], [one('note', '1', 0, 'far')], { same: 0, close: 0, different: 1 }],
  ['about another', [one('note', '1', 0)], [one('note', '2', 0)], { same: 0, close: 0, different: 0 }],
  ['of another kind', [one('note', '1', 0)], [one('task', '1', 0)], { same: 0, close: 0, different: 0 }],
  ['more than a week apart', [one('note', '1', 0)], [one('note', '1', 8)], { same: 0, close: 0, different: 0 }],
  [
    'the nearest counts',
    [one('note', '1', 0)],
    [one('note', '1', 5), one('note', '1', 1, 'far')],
    { same: 0, close: 0, different: 1 },
  ],
  ['each once', [one('note', '1', 0), one('note', '1', 1)], [one('note', '1', 0)], { same: 1, close: 0, different: 0 }],
])('%s', (_name, proposals, done, counts) => {
  expect(agreementOf(proposals, done, distance)).toEqual({ proposals: proposals.length, done: done.length, ...counts })
})

it('pairs no more than there are of either', () => {
  const many = fc.array(
    fc.record({
      kindId: fc.constantFrom('a', 'b'),
      target: fc.constantFrom('1', '2'),
      atMs: fc.nat(20).map((d) => d * DAY),
      text: fc.constantFrom('a', 'near', 'far'),
    }),
    { maxLength: 12 },
  )
  fc.assert(
    fc.property(many, many, (proposals, done) => {
      const { same, close, different } = agreementOf(proposals, done, distance)
      expect(same + close + different).toBeLessThanOrEqual(Math.min(proposals.length, done.length))
    }),
  )
})
