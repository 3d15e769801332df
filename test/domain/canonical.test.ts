import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { canonicalJson, type Json } from '../../core/domain/canonical.ts'

test.each<[string, Json, string]>([
  ['nothing', null, 'null'],
  ['yes', true, 'true'],
  ['text', 'a', '"a"'],
  ['an empty list', [], '[]'],
  ['an empty object', {}, '{}'],
  ['no white space', { a: [1, { b: 'c d' }] }, '{"a":[1,{"b":"c d"}]}'],
  ['members that are undefined are left out', { b: undefined, a: 1 }, '{"a":1}'],
  ['null is not undefined', { a: null }, '{"a":null}'],
  ['numbers as text are sorted as text', { '10': 1, '9': 2, a: 3 }, '{"10":1,"9":2,"a":3}'],
  ['the order of a list counts', [2, 1], '[2,1]'],
  // RFC 8785, 3.2.2 and 3.2.3
  ['numbers', [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 1e-27], '[333333333.3333333,1e+30,4.5,0.002,1e-27]'],
  ['literals', [null, true, false], '[null,true,false]'],
  ['escapes', '\u20ac$\u000f\u000aA\'\u0042\u0022\u005c\\"\u002f', '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'],
  [
    'keys by UTF-16 code unit',
    {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    },
    '{"\\r":"Carriage Return","1":"One","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis","\u20ac":"Euro Sign","\ud83d\ude00":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
  ],
  // RFC 8785, appendix B
  ['zero', 0, '0'],
  ['minus zero', -0, '0'],
  ['the smallest number', 5e-324, '5e-324'],
  ['the largest number', 1.7976931348623157e308, '1.7976931348623157e+308'],
  ['the largest integer', 9007199254740991, '9007199254740991'],
  ['a number past the integers', 295147905179352830000, '295147905179352830000'],
  ['the first with an exponent', 1e21, '1e+21'],
  ['the last without one', 1e-6, '0.000001'],
  ['the first small one with an exponent', 1e-7, '1e-7'],
])('%s', (_name, value, text) => {
  expect(canonicalJson(value)).toBe(text)
})

test.each([NaN, Infinity, -Infinity])('throws on %s', (value) => {
  expect(() => canonicalJson({ deep: [value] })).toThrow('A payload cannot carry NaN or Infinity')
})

describe('any JSON value', () => {
  // safe: fast-check's JSON values are ours
  const values = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>

  it('is the same text whatever the order of its keys', () => {
    const members = fc.uniqueArray(fc.tuple(fc.string(), values), { selector: ([key]) => key, maxLength: 8 })
    const shuffled = members.chain((entries) =>
      fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length })),
    )
    fc.assert(
      fc.property(shuffled, ([entries, others]) => {
        expect(canonicalJson(Object.fromEntries(others))).toBe(canonicalJson(Object.fromEntries(entries)))
      }),
    )
  })

  it('is read back as it was', () => {
    fc.assert(
      fc.property(values, (value) => {
        // Minus zero is zero.
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  it('has another text than any other value', () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        const same = canonicalJson(JSON.parse(canonicalJson(a)) as Json) === canonicalJson(b)
        expect(same).toBe(isSame(JSON.parse(JSON.stringify(a)), JSON.parse(JSON.stringify(b))))
      }),
    )
  })
})

/** Deep equality written out, so that it shares nothing with what it tests. */
function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const left = new Map(Object.entries(a))
  const right = new Map(Object.entries(b))
  return left.size === right.size && [...left].every(([key, value]) => right.has(key) && isSame(value, right.get(key)))
}
