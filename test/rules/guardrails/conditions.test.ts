import { describe, expect, it, test } from 'vitest'
import { compileCondition } from '../../../core/rules/conditions/compile-condition.ts'
import { conditions } from '../../../core/rules/guardrails/conditions.ts'
import type { Subject } from '../../../core/rules/guardrails/guardrail.ts'
import { place, subject } from '../../support/guardrail-subject.ts'

type Own = { name: string; if: string; outcome: 'warn' | 'ask' | 'block'; says: string }
const says = 'It reaches many people on a weekend. On a weekday it would pass.'
const own = (expression: string, outcome: Own['outcome'] = 'ask'): Own => ({
  name: 'Big sends',
  if: expression,
  outcome,
  says,
})
const said = (expression: string, given: Partial<Subject> = {}, outcome?: Own['outcome']) =>
  conditions.guardrail([[own(expression, outcome)]])?.(subject(given), place, {})

describe('holds', () => {
  test.each<[string, Partial<Subject>, boolean]>([
    ['people > 1000', { people: 1001 }, true],
    ['people > 1000', { people: 1000 }, false],
    ['action.people > 1000', { people: 1001 }, true],
    ['kind == "mailchimp.campaign.send" && platform == "mailchimp"', {}, true],
    ['category == "email_campaign" && channel in ["email", "social"]', {}, true],
    ['amount > 49.5', { amountMinor: 5_000 }, true],
    ['amount == 50', { amountMinor: 5_000 }, true],
    ['amount / people > 2', { amountMinor: 5_000, people: 20 }, true],
    ['list_share > 0.5', { people: 60, listSize: 100 }, true],
    ['list_size - people < 10', { people: 95, listSize: 100 }, true],
    ['confidence < 0.7', { confidence: 0.69 }, true],
    ['has(action.confidence) && confidence < 0.7', { confidence: null }, false],
    ['!has(action.segment)', { segment: null }, true],
    ['segment.startsWith("VIP")', { segment: 'VIP patients' }, true],
    ['regions.exists(r, r == "US-TX")', { regions: ['US-CO', 'US-TX'] }, true],
    ['agent == ""', { agentId: null }, true],
    ['hour >= 18 || hour < 8', { plannedAt: new Date('2026-03-05T01:30:00Z') }, true],
    ['weekday in ["saturday", "sunday"]', { plannedAt: new Date('2026-03-08T05:00:00Z') }, true],
    ['date >= "2026-11-26" && date <= "2026-11-29"', { plannedAt: new Date('2026-11-27T05:00:00Z') }, true],
    ['texts.exists(t, t.matches("(?i)\\\\bguarant\\\\w+"))', { texts: ['fine', 'Results GUARANTEED'] }, true],
    ['texts.exists(t, t.matches(r"(?i)\\bguarant\\w+"))', { texts: ['fine', 'no promise'] }, false],
    ['(text + "x").matches("weekx$")', {}, true],
    ['text.contains("Whitening") && size(text) < 20', {}, true],
    ['texts.all(t, t.size() > 3) && texts.filter(t, t.contains("a")).size() == 1', { texts: ['abcd', 'efgh'] }, true],
    ['preparing || !reaches_people', { preparing: false, reachesPeople: true }, false],
    ['texts.exists(text, text == "one")', { texts: ['one'] }, true],
    ['texts.exists(matches, matches == "one")', { texts: ['one'] }, true],
  ])('%s for %j: %s', (expression, given, holds) => {
    const expected = holds ? [{ rule: 'conditions.Big sends', outcome: 'ask', text: says }] : []
    expect(said(expression, given)).toEqual(expected)
  })

  test.each(['warn', 'ask', 'block'] as const)('with the outcome %s', (outcome) => {
    expect(said('true', {}, outcome)).toMatchObject([{ outcome }])
  })

  it('at every scope, and in every one that holds', () => {
    const both = conditions.guardrail([[own('people > 1')], [own('people > 2', 'block')]])
    expect(both?.(subject(), place, {})).toMatchObject([{ outcome: 'ask' }, { outcome: 'block' }])
  })
})

describe('could not be checked, and asks', () => {
  test.each<[string, Partial<Subject>, string]>([
    ['confidence < 0.7', { confidence: null }, 'the agent’s confidence is not known'],
    ['list_share > 0.1', { listSize: null }, 'the share of the list is not known'],
    ['list_share > 0.1', { listSize: 0 }, 'the share of the list is not known'],
    ['regions.exists(r, r == "US")', { regions: null }, 'the region is not known'],
    ['segment == "VIP"', {}, 'the segment is not known'],
    ['people / 0 > 1', {}, 'it has no result here'],
    ['texts[3] == "x"', {}, 'it has no result here'],
  ])('%s', (expression, given, why) => {
    const text = `The rule “Big sends” could not be checked: ${why}. A person decides.`
    expect(said(expression, given, 'warn')).toEqual([{ rule: 'conditions.Big sends', outcome: 'ask', text }])
  })

  it('only where the answer hangs on it', () => {
    expect(said('people > 10 || confidence < 0.7', { people: 24 })).toMatchObject([{ text: says }])
    expect(said('people < 10 && confidence < 0.7', { people: 24 })).toEqual([])
  })
})

describe('refuses when the policy is read', () => {
  test.each<[string, string]>([
    ['peple > 5', 'character 1: there is no “peple”; there are: action, kind, platform,'],
    ['people > 5 && action.chanel == "email"', 'character 22: there is no “chanel”; there are: action, kind,'],
    ['people', 'character 1: it has to be true or false, and is int'],
    ['people > "5"', 'character 1: no such overload: int > string'],
    ['people >', 'character 9: Unexpected token: EOF'],
    ['', 'character 1: Unexpected token: EOF'],
    ['text.matches("(")', 'character 14: the pattern cannot be read'],
    ['text.matches("(a)\\\\1")', 'character 14: the pattern cannot be read'],
    ['text.matches("(?:a{1,30}){1,30}")', 'character 14: the pattern is too large'],
    [`text.matches("${'a'.repeat(201)}")`, 'character 14: the pattern is too long'],
    ['text.matches(text)', 'character 1: what .matches() looks for has to be written out in quotes'],
    ['text.matches("a" + text)', 'character 1: what .matches() looks for has to be written out in quotes'],
    ['text // matches\n.matches("a")', 'character 5: no comment may stand here'],
    ['text.split("").size() > 1', 'character 1: there is no .split(); there are: size,'],
    ['texts.map(t, t + t).size() > 1', 'character 1: there is no .map(); there are: size,'],
    ['cel.bind(x, text + text, x == x)', 'character 1: there is no .bind(); there are: size,'],
    ['timestamp("2026-01-01T00:00:00Z") > timestamp("2026-01-01T00:00:00Z")', 'there is no timestamp();'],
    ['{"a": 1}.size() == 1', 'character 1: maps and optional values are not known here'],
    ['texts.all(a, texts.all(b, texts.all(c, a == c)))', 'character 27: .all() stands deeper than 2 in others'],
    [`${'('.repeat(200)}true${')'.repeat(200)}`, 'it is too long or too deep'],
    [`${'!'.repeat(900)}true`, 'it is too long or too deep'],
    [Array.from({ length: 151 }, () => '1').join('+'), 'it is too long or too deep'],
    [`size([${'1,'.repeat(150)}1]) > 1`, 'it is too long or too deep'],
    ['text.constructor == "x"', 'character 6: '],
    ['action.constructor.constructor("x") == 1', 'there is no .constructor()'],
    ['__proto__ == 1', 'character 1: Reserved identifier: __proto__'],
  ])('%s', (expression, why) => {
    const parsed = conditions.schema.safeParse([own(expression)])
    expect(parsed.success).toBe(false)
    expect(parsed.error?.issues.at(-1)?.path).toEqual([0, 'if'])
    expect(parsed.error?.issues.at(-1)?.message).toContain(why)
  })

  it('more than 1,000 characters, or a sentence that does not fit on a card', () => {
    expect(conditions.schema.safeParse([own(`people > ${' '.repeat(1000)}1`)]).success).toBe(false)
    expect(conditions.schema.safeParse([{ ...own('true'), says: 'a'.repeat(161) }]).success).toBe(false)
  })
})

describe('no condition can hang the gate', () => {
  const many = Array.from({ length: 500 }, (_, index) => `${index} ${'a'.repeat(200)}`)
  const slowTexts: readonly (readonly string[])[] = [
    many,
    many.slice(0, 40),
    ['a'.repeat(100_000)],
    ['ab'.repeat(5_000), 'ab '.repeat(5_000)],
    ['a'.repeat(5_000_000)],
  ]
  const or = (part: string, times: number): string => Array.from({ length: times }, () => part).join(' || ')
  const slow = [
    'texts.all(a, texts.all(b, 1 / 0 == 1))',
    'texts.all(a, texts.all(b, a == b + ""))',
    `texts.exists(a, texts.exists(b, ${or('1 / 0 == 1', 20)}))`,
    '(texts + texts + texts).all(a, (texts + texts).all(b, a != b + "b"))',
    `text.contains("${'a'.repeat(400)}b${'a'.repeat(399)}")`,
    'text.matches("(a+)+$")',
    'text.matches("(x+x+)+y")',
    'text.matches("(?:[ab]*a[ab]{5}){8}[^abx]")',
    or('text.matches("(?:.{1,4}a){1,5}[^abx]")', 20),
    'texts.filter(a, a.lowerAscii().upperAscii().trim().size() > 3).exists(b, b + b + b == b)',
    or('size(text + text + text) < 0', 20),
    or('double(text) < 0.0', 20),
  ]

  // Half a second is what was reckoned for a text; one that backtracks would take years.
  const hangsAfterMs = 60_000
  test.each(slow)('%s', { timeout: hangsAfterMs }, (expression) => {
    const all = Array.from({ length: 50 }, () => own(expression))
    const guardrail = conditions.guardrail([all])
    for (const texts of slowTexts) {
      const reasons = guardrail?.(subject({ texts }), place, {})
      expect(reasons).toBeInstanceOf(Array)
    }
  })

  it('what is too much for the time that all have is asked, whatever its outcome', () => {
    const guardrail = conditions.guardrail([[own('text.matches("(?:[ab]*a[ab]{5}){8}[^abx]")', 'warn'), own('true')]])
    expect(guardrail?.(subject({ texts: ['a'.repeat(5_000_000)] }), place, {})).toMatchObject([
      { outcome: 'ask', text: expect.stringContaining('too long') },
      { outcome: 'ask', text: says },
    ])
  })

  it('an ordinary newsletter has the time for twenty patterns', () => {
    const letter = 'Whitening week at Bright Dental. '.repeat(300)
    const twenty = Array.from({ length: 20 }, (_, index) => own(`text.matches(r"(?i)\\bguarant\\w+ ${index}\\b")`))
    expect(conditions.guardrail([twenty])?.(subject({ texts: [letter] }), place, {})).toEqual([])
  })
})

it('says what it asks about, so that somebody can be told what has to be known', () => {
  const compiled = compileCondition('people > 5 && action.confidence < 0.5 && texts.exists(t, t == segment)')
  expect(compiled.ok && compiled.condition.asks).toEqual(['people', 'confidence', 'texts', 'segment'])
})

it('never runs the language’s own matches, which is a RegExp', () => {
  // A back-reference is what only a RegExp can do; the linear engine does not know it.
  expect(compileCondition('text.matches("(a)\\\\1")').ok).toBe(false)
  expect(said('text.matches("(?P<all>Whitening)")')).toMatchObject([{ text: says }])
})
