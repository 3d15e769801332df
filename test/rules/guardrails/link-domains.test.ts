import { expect, it, test } from 'vitest'
import { linkDomains } from '../../../core/rules/guardrails/link-domains.ts'
import { isLookAlike } from '../../../core/rules/text/similar-domains.ts'
import { told } from '../../support/told.ts'

const own = { allow: ['smile-dental.com', 'mailchi.mp'] }
const says = (policy: unknown, ...texts: string[]) =>
  told(linkDomains.guardrail([linkDomains.schema.parse(policy)]), { texts }).map((one) => `${one.outcome}: ${one.text}`)

test.each<[string, unknown, string, readonly string[]]>([
  ['an allowed site', own, '<a href="https://www.smile-dental.com/x">Book</a>', []],
  ['below an allowed site', own, 'https://shop.smile-dental.com', []],
  [
    'another site',
    own,
    'See https://evil.com/x',
    ['block: A link leads to “evil.com”, which is not among your allowed sites. An admin can add it.'],
  ],
  [
    'behind a redirect',
    own,
    'https://smile-dental.com/go?url=https%3A%2F%2Fevil.com',
    [expect.stringContaining('“evil.com”')],
  ],
  [
    'a denied site',
    { deny: ['bigteeth.com'] },
    '<a href="https://offers.bigteeth.com">x</a>',
    [
      'block: A link leads to “offers.bigteeth.com”, which is on your list of forbidden sites. Without that link it would pass.',
    ],
  ],
  [
    'a denied site behind two redirects',
    { deny: ['c.com'] },
    'https://a.com/?url=https%3A%2F%2Fb.com%2F%3Fu%3Dhttps%253A%252F%252Fc.com',
    [expect.stringContaining('“c.com”')],
  ],
  [
    'a denial over a permission',
    { allow: ['a.com'], deny: ['a.com'] },
    'https://a.com',
    [expect.stringContaining('forbidden')],
  ],
  [
    'a shortener',
    {},
    'https://bit.ly/abc',
    ['ask: A link over “bit.ly” leads somewhere nobody can see. With the full address it would pass.'],
  ],
  ['a shortener where it is blocked', { shorteners: 'block' }, 'https://bit.ly/abc', [expect.stringMatching(/^block/)]],
  ['a shortener where it may', { shorteners: 'pass' }, 'https://bit.ly/abc', []],
  ['an allowed shortener', { allow: ['bit.ly'] }, 'https://bit.ly/abc', []],
  [
    'no TLS',
    {},
    'http://smile.com',
    ['ask: The link to “smile.com” is not encrypted (http). With https it would pass.'],
  ],
  ['no TLS where it may', { without_tls: 'pass' }, 'http://smile.com', []],
  [
    'letters that look alike',
    own,
    '<a href="https://srnile-dental.com">x</a>',
    [
      'block: A link leads to “srnile-dental.com”, which only looks like “smile-dental.com”. With the real address it would pass.',
    ],
  ],
  [
    'Cyrillic letters in punycode',
    { allow: ['apple.com'] },
    'https://xn--80ak6aa92e.com',
    [expect.stringContaining('only looks like “apple.com”')],
  ],
  [
    'the own name in front of another',
    own,
    'https://smile-dental.com.evil.com',
    [expect.stringContaining('only looks like')],
  ],
  [
    'another address than shown',
    {},
    '<a href="https://evil.com">www.smile-dental.com</a>',
    ['block: A link shows “smile-dental.com” but leads to “evil.com”. Showing where it leads, it would pass.'],
  ],
  ['the same address as shown', {}, '<a href="https://book.smile-dental.com/x">smile-dental.com</a>', []],
  [
    'a script',
    {},
    '<a href="javascript:pay()">x</a>',
    ['block: A link runs a script instead of leading anywhere. As a web address it would pass.'],
  ],
  [
    'what is filled in',
    {},
    '<a href="*|MERGE7|*">x</a>',
    [expect.stringMatching(/^ask: Where the link “\*\|MERGE7\|\*” leads is filled in/)],
  ],
  [
    'the end of every newsletter',
    own,
    '<a href="*|UNSUB|*">Unsubscribe</a> <a href="mailto:jo@evil.com">Write</a> <a href="tel:+123">Call</a>',
    [],
  ],
  [
    'several sorts',
    own,
    'https://evil.com http://bit.ly/x https://evil2.com',
    [expect.stringContaining('evil.com'), expect.stringContaining('bit.ly')],
  ],
])('%s', (_name, policy, text, expected) => {
  expect(says(policy, text)).toEqual(expected)
})

it('takes the allowed sites of the most specific scope, and every denial with its outcome', () => {
  const rule = linkDomains.guardrail([
    linkDomains.schema.parse({ allow: ['a.com'] }),
    linkDomains.schema.parse({ allow: ['b.com'], deny: ['c.com'], outcome: 'ask', shorteners: 'block' }),
  ])
  expect(told(rule, { texts: ['https://b.com'] })).toMatchObject([{ rule: 'link_domains.allow', outcome: 'block' }])
  expect(told(rule, { texts: ['https://c.com'] })).toMatchObject([{ rule: 'link_domains.deny', outcome: 'ask' }])
  expect(told(rule, { texts: ['https://bit.ly/x'] })).toMatchObject([
    { rule: 'link_domains.shortener', outcome: 'block' },
  ])
})

test.each([
  ['smile-dental.com', false],
  ['shop.smile-dental.com', false],
  ['smile-denta1.com', true],
  ['smile-dental.co', true],
  ['smiledental.com', true],
  ['smile-dentla.com', true],
  ['smile-dentals.com', true],
  ['sm\u00edle-dental.com', true],
  ['smile-dental.com.evil.com', true],
  ['bright-dental.com', false],
  ['smile-orthodontics.com', false],
])('%s looks like smile-dental.com: %s', (host, expected) => {
  expect(isLookAlike(host, 'smile-dental.com')).toBe(expected)
})
