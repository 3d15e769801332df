import { beforeAll, describe, expect, it } from 'vitest'
import type { Reason } from '../../core/domain/verdict.ts'
import { ALWAYS } from '../../core/rules/always.ts'
import type { Guardrail, Place, Section, Subject } from '../../core/rules/guardrails/guardrail.ts'
import { loadHolidays } from '../../core/rules/holidays.ts'
import { SECTIONS } from '../../core/rules/sections.ts'
import { subject } from '../support/guardrail-subject.ts'
import { type Case, long, unbroken } from './reason-cases/case.ts'
import { CIRCUMSTANCES } from './reason-cases/circumstances.ts'
import { REACH } from './reason-cases/reach.ts'
import { TEXTS } from './reason-cases/texts.ts'

const CASES = { ...TEXTS, ...REACH, ...CIRCUMSTANCES }

const PLACES: readonly Place[] = [
  { zone: 'America/Denver', locale: 'en-US', currency: 'USD' },
  { zone: 'America/Argentina/Buenos_Aires', locale: 'pt-BR', currency: 'ARS' },
  { zone: 'Africa/Cairo', locale: 'ar-EG', currency: 'EGP' },
  { zone: 'Asia/Ho_Chi_Minh', locale: 'vi-VN', currency: 'VND' },
  { zone: 'Australia/Lord_Howe', locale: 'fi-FI', currency: 'KWD' },
  { zone: 'America/North_Dakota/New_Salem', locale: 'hi-IN', currency: 'INR' },
]

/** Everything about it is as long, and as internal, as it can be. */
const nasty = (given: Partial<Subject>): Subject =>
  subject({
    kindTitle: long,
    agentId: 'agt_01JDF4ZQ8M',
    campaign: 'cmp_9f2c',
    segment: long,
    texts: [long, unbroken],
    ...given,
  })

// safe: each section is only ever given what its own schema parsed
const sections = SECTIONS as unknown as Readonly<Record<string, Section<unknown>>>
const always: Readonly<Record<string, Guardrail>> = ALWAYS

function said(rule: string, { policy, given = {}, observed = {} }: Case, place: Place): readonly Reason[] {
  const section = sections[rule]
  const guardrail = section ? section.guardrail([section.schema.parse(policy)]) : always[rule]
  return [guardrail?.(nasty(given), place, observed) ?? []].flat()
}

/** What would pass, or who can let it. */
const PASSES = /would pass|a person decides|A person decides|An (admin|owner) can|allowed: |^The agent asks: /
const INTERNAL = [
  /[a-z]+_[a-z]+/i,
  /\b[a-z]+\.[a-z]+/,
  /\b(act|agt|mem|wsp|cmp|pol)_/,
  /\bundefined\b|\bnull\b|\bNaN\b|Infinity/,
]

beforeAll(loadHolidays)

it('has a case for every rule', () => {
  expect(Object.keys(CASES).toSorted()).toEqual([...Object.keys(SECTIONS), ...Object.keys(ALWAYS)].toSorted())
})

describe.each(Object.entries(CASES))('%s', (rule, cases) => {
  it.each(cases.map((one, index) => [index + 1, one] as const))('case %i', (_number, one) => {
    for (const place of PLACES) {
      const reasons = said(rule, one, place)
      expect(reasons.length, 'says something').toBeGreaterThan(0)
      for (const { text, rule: name, outcome } of reasons) {
        expect(text.length, text).toBeLessThanOrEqual(160)
        expect(text, 'is whole').toMatch(/[.”]$/)
        expect(text, 'says what would pass').toMatch(PASSES)
        for (const words of one.shows) expect(text).toMatch(words)
        // In quotation marks stands what people called it themselves.
        const own = text.replaceAll(/“[^”]*”/g, '')
        for (const internal of INTERNAL) expect(own).not.toMatch(internal)
        expect(text).not.toMatch(/mailchimp\.campaign|agt_|cmp_/)
        expect(name.split('.')[0]).toBe(rule)
        expect(outcome).not.toBe('pass')
      }
    }
  })
})
