import { createHmac } from 'node:crypto'
import { expect, it, test } from 'vitest'
import { auditsOfWeek, type DrawnAction, isDrawn } from '../../../core/domain/trust/audit-draw.ts'

const digest = (id: string): string => createHmac('sha256', 'a key').update(id).digest('hex')
/** A digest whose two parts are these shares of what is possible. */
const of = (first: number, second = 0): string =>
  [first, second]
    .map((share) =>
      Math.floor(share * 16 ** 12)
        .toString(16)
        .padStart(12, '0'),
    )
    .join('')

test.each([
  [0, false, true],
  [0.0999, false, true],
  [0.1001, false, false],
  [0.1999, true, true],
  [0.2001, true, false],
])('a digest at %d, doubled: %s', (share, isDoubled, expected) => {
  expect(isDrawn(of(share), isDoubled)).toBe(expected)
})

test('a digest that is none is a mistake', () => {
  expect(() => isDrawn('xyz')).toThrow('24')
})

it('draws about one in ten of any ids, by the digest alone', () => {
  const drawn = Array.from({ length: 10_000 }, (_, at) => isDrawn(digest(`act_${at}`))).filter(Boolean).length
  // Four standard errors of 10,000 draws.
  expect(Math.abs(drawn - 1000)).toBeLessThan(4 * 30)
})

const action = (id: string, second: number, risk: DrawnAction['risk'] = 'low'): DrawnAction => ({
  id,
  digest: of(0, second),
  risk,
})

test('the budget of a week takes the first by the digest', () => {
  const drawn = [action('a', 0.2), action('b', 0.9), action('c', 0.5), action('d', 0.7)]
  expect(auditsOfWeek(drawn).map(({ id }) => id)).toEqual(['b', 'd', 'c'])
  expect(auditsOfWeek(drawn, 1).map(({ id }) => id)).toEqual(['b'])
  expect(auditsOfWeek(drawn.slice(0, 2))).toHaveLength(2)
})

test('a riskier one goes before an equal one, and equals come by their id', () => {
  const drawn = [action('a', 0.5), action('b', 0.5, 'medium'), action('c', 0.5, 'high'), action('d', 0.5)]
  expect(auditsOfWeek(drawn, 4).map(({ id }) => id)).toEqual(['c', 'b', 'a', 'd'])
  expect(auditsOfWeek(drawn.toReversed(), 4).map(({ id }) => id)).toEqual(['c', 'b', 'a', 'd'])
})

it('looks at high risk about four times as often as at low', () => {
  let high = 0
  const weeks = 4_000
  for (let week = 0; week < weeks; week += 1) {
    const drawn = (['low', 'high'] as const).map((risk) => ({ id: risk, digest: digest(`${week}${risk}`), risk }))
    if (auditsOfWeek(drawn, 1)[0]?.risk === 'high') high += 1
  }
  expect(Math.abs(high / weeks - 0.8)).toBeLessThan(0.03)
})
