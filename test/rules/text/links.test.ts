import { expect, it, test } from 'vitest'
import { linksOf, shownDomain } from '../../../core/rules/text/links.ts'
import { readHtml } from '../../../core/rules/text/html.ts'
import { hostInLetters } from '../../../core/rules/text/punycode.ts'
import { glance } from '../../../core/rules/text/web-address.ts'

const domains = (text: string): readonly string[] =>
  linksOf([readHtml(text)]).flatMap(({ kind, leads }) => (kind === 'web' ? leads.map(({ domain }) => domain) : [kind]))

test.each<[string, string, readonly string[]]>([
  ['a link', '<a href="https://shop.smile.co.uk/x">x</a>', ['smile.co.uk']],
  ['an address in the text', 'See https://smile.com/free.', ['smile.com']],
  ['www', 'See www.smile.com!', ['smile.com']],
  ['a bare domain', 'See smile.com/offer today', ['smile.com']],
  ['no file names', 'See node.js and index.html', []],
  ['no sentence without a space', 'Call us.It is free', []],
  ['no mail addresses', 'Write to jo@smile.com', []],
  ['no mail links', '<a href="mailto:jo@smile.com">Write</a>', []],
  ['no paths of the own site', '<a href="/book">Book</a><a href="#top">Up</a>', []],
  ['an address without a scheme', '<a href="//evil.com/x">x</a>', ['evil.com']],
  ['a name before the host', '<a href="https://smile.com@evil.com">x</a>', ['evil.com']],
  ['backslashes', '<a href="https:\\\\evil.com">x</a>', ['evil.com']],
  ['line breaks inside', '<a href="https://ev\nil.com">x</a>', ['evil.com']],
  ['an entity inside', '<a href="https://ev&#105;l.com">x</a>', ['evil.com']],
  ['a percent-encoded host', '<a href="https://ev%69l.com">x</a>', ['evil.com']],
  ['an IP address', 'http://192.168.0.1/x', ['192.168.0.1']],
  ['punycode', 'https://xn--mnchen-3ya.de', ['münchen.de']],
  ['its own letters', 'https://münchen.de', ['münchen.de']],
  ['a redirect', 'https://smile.com/go?url=https://evil.com/x', ['smile.com', 'evil.com']],
  ['a percent-encoded redirect', 'https://smile.com/go?u=https%3A%2F%2Fevil.com', ['smile.com', 'evil.com']],
  ['encoded twice', 'https://smile.com/go?u=https%253A%252F%252Fevil.com', ['smile.com', 'evil.com']],
  ['a bare domain as the target', 'https://smile.com/go?redirect=evil.com', ['smile.com', 'evil.com']],
  ['a target without a scheme', 'https://smile.com/go?next=//evil.com', ['smile.com', 'evil.com']],
  [
    'redirects within redirects',
    'https://a.com/?url=https%3A%2F%2Fb.com%2F%3Fu%3Dhttps%253A%252F%252Fc.com',
    ['a.com', 'b.com', 'c.com'],
  ],
  ['an unknown parameter with an address', 'https://smile.com/?zz=https://evil.com', ['smile.com', 'evil.com']],
  ['an address in the path', 'https://web.archive.org/web/2020/https://evil.com/', ['archive.org', 'evil.com']],
  ['an address behind the hash', 'https://smile.com/#url=https://evil.com', ['smile.com', 'evil.com']],
  ['ordinary parameters', 'https://smile.com/?utm_source=news&to=top', ['smile.com']],
  ['a script', '<a href="javascript:alert(1)">x</a>', ['script']],
  ['what the platform fills in', '<a href="*|MERGE7|*">x</a>', ['filled_in']],
  ['how to unsubscribe', '<a href="*|UNSUB|*">x</a><a href="{{ unsubscribe_link }}">y</a>', []],
])('%s', (_name, text, expected) => {
  expect([...new Set(domains(text))]).toEqual(expected)
})

it('tells shorteners and what is sent in the clear', () => {
  expect(linksOf([readHtml('http://bit.ly/abc')])[0]?.leads).toEqual([
    { host: 'bit.ly', domain: 'bit.ly', insecure: true, shortened: true },
  ])
})

it('counts more redirects than anybody follows as a way of hiding', () => {
  const many = Array.from({ length: 30 }, (_one, at) => `u${at}=https://site${at}.com`).join('&')
  const leads = linksOf([readHtml(`https://smile.com/?${many}`)])[0]?.leads ?? []
  expect(leads.some(({ shortened }) => shortened)).toBe(true)
})

test.each([
  ['www.smile.com', 'smile.com'],
  ['https://smile.com/x', 'smile.com'],
  ['Book now', null],
  ['smile', null],
])('a link that is shown as “%s” is shown as %s', (shown, expected) => {
  expect(shownDomain({ address: 'https://evil.com', shown, kind: 'web', leads: [] })).toBe(expected)
})

test.each([
  ['xn--bcher-kva.example', 'bücher.example'],
  ['xn--80ak6aa92e.com', 'аррӏе.com'],
  ['xn--fiqs8s', '中国'],
  ['xn--!!!.com', 'xn--!!!.com'],
  ['plain.com', 'plain.com'],
])('%s is %s', (host, expected) => {
  expect(hostInLetters(host)).toBe(expected)
})

test.each([
  ['аррӏе.com', 'apple.com'],
  ['paypa1.com', 'paypal.com'],
  ['srnile.com', 'smile.com'],
  ['smîle.com', 'smile.com'],
])('%s looks like %s', (host, other) => {
  expect(glance(host)).toBe(glance(other))
})
