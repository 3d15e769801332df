import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readingOf } from '../../../core/rules/text/reading.ts'
import { anyText } from '../../support/any-text.ts'

it('knows each word of a text, and each run of plain letters and digits', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      for (const spelling of readingOf([text]).parts.flatMap((part) => part.spellings())) {
        const words = spelling.words()
        const said = [...spelling.tokens().map(({ word }) => word), ...(spelling.text().match(/[a-z0-9]+/g) ?? [])]
        expect(said.filter((word) => !words.has(word))).toEqual([])
      }
    }),
  )
})
