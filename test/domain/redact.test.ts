import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Json } from '../../core/domain/canonical.ts'
import { ERASED, redact } from '../../core/domain/redact.ts'

it('takes every text but times, and leaves the shape', () => {
  const input = {
    email: 'ana@example.com',
    at: '2026-03-04T17:00:00.000Z',
    ids: ['101', '102'],
    count: 3,
    fields: { a: null },
  }
  expect(redact(input)).toEqual({
    email: ERASED,
    at: '2026-03-04T17:00:00.000Z',
    ids: [ERASED, ERASED],
    count: 3,
    fields: { a: null },
  })
  expect(redact('2026-03-04T17:00:00Z ana@example.com')).toBe(ERASED)
})

/** Where every value stands, and of what sort it is. */
const shapeOf = (value: Json, at = ''): readonly string[] =>
  value !== null && typeof value === 'object'
    ? Object.entries(value).flatMap(([field, of]) => shapeOf(of ?? null, `${at}/${field}`))
    : [`${at} ${typeof value}`]

const textsIn = (value: Json): readonly string[] => {
  if (typeof value === 'string') return [value]
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap((of) => textsIn(of ?? null)) : []
}

it('of any document leaves where what stood, and nothing that was said', () => {
  const texts = fc.string({ minLength: 1 }).map((text) => `~${text}`)
  const documents = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      texts,
      fc.integer(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.string({ maxLength: 5 }), tie('value'), { maxKeys: 3 }),
    ),
  })).value
  fc.assert(
    fc.property(documents, (document) => {
      const redacted = redact(document)
      expect(shapeOf(redacted)).toEqual(shapeOf(document))
      expect(redact(redacted)).toEqual(redacted)
      expect(textsIn(redacted).filter((text) => text !== ERASED)).toEqual([])
    }),
  )
})
