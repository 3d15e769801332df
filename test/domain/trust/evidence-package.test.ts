import { expect, test } from 'vitest'
import {
  accuracyOf,
  errorRecovery,
  type JudgedStep,
  satisfactionOf,
} from '../../../core/domain/trust/evidence-package.ts'

test('accuracy is what people said, with its lower bound', () => {
  expect(accuracyOf(20, 20)).toEqual({ correct: 20, judged: 20, share: 1, lcb: expect.closeTo(0.1 ** (1 / 21), 12) })
  expect(accuracyOf(0, 0)).toEqual({ correct: 0, judged: 0, share: null, lcb: expect.closeTo(0.1, 12) })
})

const fine = (count: number): readonly JudgedStep[] =>
  Array.from({ length: count }, () => ({ isError: false, isCaught: false, reason: null }))
const error = (reason: string | null, isCaught = false): JudgedStep => ({ isError: true, isCaught, reason })

test.each<[string, readonly JudgedStep[], readonly [number, number, number, number]]>([
  ['no error', fine(30), [0, 0, 0, 0]],
  ['learned', [error('tone'), ...fine(20)], [1, 0, 1, 0]],
  ['not known yet', [error('tone'), ...fine(19)], [1, 0, 0, 1]],
  ['it came back', [error('tone'), ...fine(5), error('tone'), ...fine(20)], [2, 0, 1, 0]],
  ['it came back after twenty', [error('tone'), ...fine(20), error('tone')], [2, 0, 1, 1]],
  ['another came', [error('tone'), error('offer'), ...fine(20)], [2, 0, 2, 0]],
  ['two without a reason', [error(null), error(null), ...fine(20)], [2, 0, 1, 0]],
  ['caught', [error('tone', true), ...fine(20)], [1, 1, 1, 0]],
])('%s', (_name, steps, [errors, caught, learned, pending]) => {
  expect(errorRecovery(steps)).toEqual({ errors, caught, learned, pending })
})

const seen = (of: number, overridden: number): readonly boolean[] =>
  Array.from({ length: of }, (_, at) => at < overridden)

test.each<[string, readonly boolean[], number | null, boolean]>([
  ['nothing seen', [], null, false],
  ['one action', [true], 0, false],
  ['none overridden', seen(20, 0), 1, false],
  ['all overridden', seen(20, 20), 0, false],
  ['more in the newer half', [...seen(50, 2), ...seen(50, 10)], 0.88, true],
  ['a little more', [...seen(50, 4), ...seen(50, 7)], 0.89, false],
  ['fewer in the newer half', [...seen(50, 10), ...seen(50, 2)], 0.88, false],
])('%s', (_name, overridden, share, isFalling) => {
  expect(satisfactionOf(overridden)).toEqual({ share, isFalling })
})
