import { expect, it } from 'vitest'
import { err, ok, unreachable } from '../../core/domain/result.ts'

it('carries a value or an error', () => {
  expect(ok(1)).toEqual({ ok: true, value: 1 })
  expect(err('no')).toEqual({ ok: false, error: 'no' })
})

it('throws on a case that the types rule out', () => {
  // safe: what a row from outside the types would be
  expect(() => unreachable('lost' as never)).toThrow('Unhandled case: "lost"')
})
