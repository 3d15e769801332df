import { expect, test } from 'vitest'
import { type IdPrefix, isId } from '../../core/domain/ids.ts'

test.each<[IdPrefix, string, boolean]>([
  ['act', 'act_1', true],
  ['act', 'act_01jnsn8z8g0123456789abcdef', true],
  ['act', `act_${'a'.repeat(40)}`, true],
  ['act', `act_${'a'.repeat(41)}`, false],
  ['act', 'mem_1', false],
  ['act', 'act_', false],
  ['act', 'act', false],
  ['act', 'actx_1', false],
  ['act', '', false],
  ['act', 'act_A', false],
  ['act', 'act_1 ', false],
  ['act', 'act_1\n', false],
  ['act', ' act_1', false],
  ['act', 'act_1_2', false],
  ['act', 'act_ä', false],
  ['act', "act_1'--", false],
  ['wks', 'wks_a,wks_b', false],
  ['wks', 'wks_a', true],
  ['mem', 'mem_a', true],
  ['agt', 'agt_a', true],
  ['con', 'con_a', true],
  ['pln', 'pln_a', true],
  ['dec', 'dec_a', true],
  ['exc', 'exc_a', true],
  ['swt', 'swt_a', true],
  ['fbk', 'fbk_a', true],
])('%s: %j is an id: %s', (prefix, text, expected) => {
  expect(isId(prefix, text)).toBe(expected)
})
