import { expect, test } from 'vitest'
import { withDigits } from '../../../core/rules/text/number-words.ts'

test.each([
  ['fifty percent off', '50% off'],
  ['fifty per cent off', '50% off'],
  ['50 % off', '50% off'],
  ['twenty-five percent', '25%'],
  ['twenty five', '25'],
  ['one hundred and twenty-five patients', '125 patients'],
  ['one hundred percent', '100%'],
  ['one percent', '1%'],
  ['two thousand five hundred', '2500'],
  ['three million', '3000000'],
  ['no one is safe', 'no one is safe'],
  ['one of a kind', 'one of a kind'],
  ['five and ten', '5 and 10'],
  ['seven, eight and nine', '7, 8 and 9'],
  ['fünfzig prozent rabatt', '50% rabatt'],
  ['fuenfzig prozent', '50%'],
  ['fünfundzwanzig prozent', '25%'],
  ['zweihundert euro', '200 euro'],
  ['zweihundertfünfzig euro', '250 euro'],
  ['ein termin', 'ein termin'],
  ['1,000 and 1.000 and 1.50', '1000 and 1000 and 1.50'],
  ['1,000,000', '1000000'],
  ['nothing here', 'nothing here'],
])('%s: %s', (text, expected) => {
  expect(withDigits(text)).toBe(expected)
})
