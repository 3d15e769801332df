import fc from 'fast-check'

const PIECES = [
  'free',
  'FREE',
  'fr\u200bee',
  'frее',
  'f r e e',
  'bring a friend',
  'number seven',
  'number 7',
  'two thousand and one',
  'fifty percent off',
  '50 % off',
  '1,000',
  "don't",
  "we're",
  "5'a",
  'Rückruf',
  'Rueckruf',
  'größe',
  'cafe\u0301',
  'бесплатно',
  '無料',
  '無料free',
  '²five',
  '<b>',
  '</b>',
  '<p>',
  '&nbsp;',
  'https://smile.com',
  '!',
  '.',
  "'",
] as const

/** Texts as people write and disguise them: words in several scripts, numbers, markup, signs, and whatever else. */
export const anyText: fc.Arbitrary<string> = fc
  .array(
    fc.tuple(
      fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 6 })),
      fc.constantFrom(' ', '', '\n', '-', '  '),
    ),
    {
      maxLength: 12,
    },
  )
  .map((pieces) => pieces.flat().join(''))
