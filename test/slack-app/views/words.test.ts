import { expect, it, test } from 'vitest'
import type { Refusal } from '../../../core/gate/refusal.ts'
import { moneyWords, peopleWords, reachWords } from '../../../slack-app/views/amounts.ts'
import { ShownSchema } from '../../../slack-app/views/block-id.ts'
import { fence, link, quote, sentence } from '../../../slack-app/views/mrkdwn.ts'
import { refusalWords } from '../../../slack-app/views/refusals.ts'
import { personWords } from '../../../slack-app/views/view-context.ts'
import { when, whenText } from '../../../slack-app/views/when.ts'
import { ctx, HASH, later, NOW } from '../sample.ts'

test.each([
  ['a & b < c > d', 'a &amp; b &lt; c &gt; d'],
  ['<!channel>', '&lt;!channel&gt;'],
  ['two\nlines\r\nhere', 'two lines here'],
  ['turned \u202eround', 'turned round'],
  ['a\u0000b', 'a b'],
  ['*Approved by Owner*', '\u2060*\u2060Approved by Owner\u2060*\u2060'],
  ['_a_ ~b~ `c`', '\u2060_\u2060a\u2060_\u2060 \u2060~\u2060b\u2060~\u2060 \u2060`\u2060c\u2060`\u2060'],
])('fence %j', (text, expected) => expect(fence(text)).toBe(expected))

it('quotes without formatting', () =>
  expect(quote('*a*\n`b`')).toBe('> \u2060*\u2060a\u2060*\u2060\n> \u2060`\u2060b\u2060`\u2060'))

it('quotes every line', () => expect(quote('one\n> two\n<!here>')).toBe('> one\n> &gt; two\n> &lt;!here&gt;'))

test.each([
  ['https://a.example.com/x?a=1&b=2', 'See|it', '<https://a.example.com/x?a=1&amp;b=2|See/it>'],
  ['https://a.example.com/a|b>c', 'x', '<https://a.example.com/a%7Cb%3Ec|x>'],
  ['javascript:alert(1)', 'x', 'x'],
  ['nonsense', '<x>', '&lt;x&gt;'],
])('link %s', (url, label, expected) => expect(link(url, label)).toBe(expected))

test.each([
  ['Done', 'Done.'],
  ['Done.', 'Done.'],
  ['Done...', 'Done.'],
  [' Done ', 'Done.'],
])('sentence %j', (text, expected) => expect(sentence(text)).toBe(expected))

test.each([
  [{ minor: 1250, currency: 'EUR' }, 'en', '€12.50'],
  [{ minor: 1250, currency: 'JPY' }, 'en', '¥1,250'],
  [{ minor: 123456, currency: 'EUR' }, 'de', '1234,56 €'],
  [{ minor: 100, currency: 'NOPE' }, 'en', '1 NOPE'],
  [{ minor: 100, currency: 'EUR' }, 'no locale!', '1 EUR'],
])('money %j %s', (money, locale, expected) => {
  expect(
    moneyWords(money, { ...ctx, locale })
      .replaceAll('\u00a0', ' ')
      .replace('1.234', '1234'),
  ).toBe(expected)
})

test.each([
  [0, 'nobody'],
  [1, '1 person'],
  [1200, '1,200 people'],
])('%d people', (people, expected) => expect(peopleWords(people, ctx)).toBe(expected))

test.each([
  [null, null],
  [{ people: 0, listSize: 10, amount: null }, null],
  [{ people: 5, listSize: null, amount: null }, '5 people'],
  [{ people: 5, listSize: 10_000, amount: null }, '5 people, less than 1 % of the list'],
  [{ people: 900, listSize: 1_000, amount: null }, '900 people, 90 % of the list'],
  [{ people: 1_000, listSize: 1_000, amount: null }, '1,000 people, the whole list'],
])('reach %j', (reach, expected) => expect(reachWords(reach, ctx)).toBe(expected))

it('writes a time for the reader’s zone, with the workspace’s zone to fall back on', () => {
  expect(when(NOW, ctx)).toBe('<!date^1795525500^{date_short_pretty} at {time}|Tue 24 Nov, 14:05>')
  expect(whenText(NOW, { ...ctx, timeZone: 'America/New_York' })).toBe('Tue 24 Nov, 08:05')
  expect(whenText(NOW, { ...ctx, timeZone: 'Nowhere/At_All' })).toBe('2026-11-24 13:05 UTC')
})

test.each([
  ['mem_approver', '<@U0APPROVER>'],
  ['APPROVER@example.com', '<@U0APPROVER>'],
  ['U0APPROVER', '<@U0APPROVER>'],
  ['U0STRANGER', 'someone on the team'],
  ['mem_gone', 'someone on the team'],
  ['the front desk <3', 'the front desk &lt;3'],
  ['', 'someone on the team'],
])('person %s', (named, expected) => expect(personWords(named, ctx)).toBe(expected))

test.each([
  ['act_a1:0123456789abcdef:3', { subject: 'act_a1', hash: '0123456789abcdef', version: 3 }],
  ['pln_a1:-:0:failure', { subject: 'pln_a1', hash: '-', version: 0 }],
  ['act_a1:0123456789abcdef', null],
  ['act_a1:0123456789abcdef0:3', null],
  ['wks_a1:0123456789abcdef:3', null],
  ['act_A1:0123456789abcdef:3', null],
  ['', null],
])('block id %j', (text, expected) => {
  const parsed = ShownSchema.safeParse(text)
  expect(parsed.success ? parsed.data : null).toEqual(expected)
})

test.each<[Refusal, string]>([
  [{ kind: 'malformed', problems: [{ path: 'a', says: 'Too long' }] }, 'That does not fit yet: Too long.'],
  [{ kind: 'unknown_kind', action: 'x', known: [] }, 'not something that can be done here'],
  [{ kind: 'unknown_connection', platform: 'mailchimp' }, 'mailchimp is not connected'],
  [{ kind: 'labels_loosen', label: 'band', says: 'A label cannot make it smaller' }, 'A label cannot make it smaller.'],
  [{ kind: 'not_permitted', why: 'it is your own' }, 'it is your own. The card stays as it is.'],
  [{ kind: 'stopped', what: 'everything', by: 'Owner', at: NOW, reason: 'prices' }, 'Owner stopped everything, <!date'],
  [{ kind: 'not_found', what: 'action' }, 'no longer here'],
  [{ kind: 'idempotency_conflict' }, 'already sent with other content'],
  [{ kind: 'rate_limited', retryAfterMs: 4_200 }, 'try again in 5 seconds'],
  [{ kind: 'rate_limited', retryAfterMs: 600_000 }, 'try again in 10 minutes'],
  [{ kind: 'already_decided', state: 'executed', by: 'Owner', at: NOW }, 'already decided by Owner, <!date'],
  [{ kind: 'not_now', state: 'executing', why: 'it is going out' }, 'it is going out.'],
  [{ kind: 'stale_hash', current: HASH }, 'your press was not counted'],
  [
    { kind: 'stricter_now', reasons: [{ rule: 'r', outcome: 'ask', text: 'Above 500 the owner decides' }] },
    'Above 500 the owner decides. The card was drawn afresh.',
  ],
  [{ kind: 'platform_changed', differences: [{ label: 'Headline', was: 'a', is: 'b' }] }, '*Headline*: “a”  →  “b”'],
  [{ kind: 'platform_failed', says: 'it is busy' }, 'it is busy. Nothing was changed.'],
  [{ kind: 'expired', at: NOW }, 'This expired <!date'],
  [{ kind: 'window_closed', at: later(-1), why: 'it was sent' }, 'Too late to undo: the time for it ended <!date'],
  [
    { kind: 'not_earned', missing: ['The score is 41', 'Too few.'] },
    'Not yet: The score is 41. Too few. Nothing was changed.',
  ],
  [{ kind: 'already_answered', by: 'Owner', at: NOW }, 'already answered by Owner, <!date'],
  [{ kind: 'already_answered', by: null, at: null }, 'This was already answered. The first answer stands.'],
  [{ kind: 'check_failed', check: 'consent' }, 'A check could not run (consent), so nothing was done.'],
])('refusal $kind', (refusal, says) => {
  const words = refusalWords(refusal, ctx)
  expect(words).toContain(says)
  expect(words).not.toContain(HASH)
})
