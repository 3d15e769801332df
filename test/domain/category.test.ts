import { expect, it } from 'vitest'
import { CATEGORIES, categoryWords } from '../../core/domain/category.ts'

it('names every category in words, each another one', () => {
  const words = CATEGORIES.map(categoryWords)
  expect(new Set(words).size).toBe(15)
  for (const text of words) expect(text).toMatch(/^(?:SEO |CRM )?[a-z]+(?: [a-z]+)*$/)
})
