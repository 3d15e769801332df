import { expect, it, test } from 'vitest'
import { wording } from '../../../core/rules/guardrails/wording.ts'
import type { Subject } from '../../../core/rules/guardrails/guardrail.ts'
import { told } from '../../support/told.ts'

const rule = (...policies: unknown[]) => {
  const [first = {}, ...rest] = policies
  return wording.guardrail([wording.schema.parse(first), ...rest.map((one) => wording.schema.parse(one))])
}
const says = (policy: unknown, texts: readonly string[], given: Partial<Subject> = {}) =>
  told(rule(policy), { texts, ...given }).map((one) => `${one.outcome}: ${one.text}`)

const German = 'Wir freuen uns auf Ihren Besuch in unserer Praxis, für billig'
const cheap = { forbidden: [{ says: 'cheap', instead: 'affordable' }, 'pain'] }

test.each<[string, unknown, readonly string[], readonly string[]]>([
  ['nothing forbidden', cheap, ['An affordable smile'], []],
  [
    'what to say instead',
    cheap,
    ['A cheap smile'],
    ['block: It says “cheap”, which is not your brand’s wording. With “affordable” instead it would pass.'],
  ],
  [
    'nothing to say instead',
    cheap,
    ['No pain'],
    ['block: It says “pain”, which is not your brand’s wording. Without that wording it would pass.'],
  ],
  ['in disguise', cheap, ['A che\u0430p smile'], [expect.stringContaining('“cheap”')]],
  ['in hidden text', cheap, ['<p hidden>cheap</p><p>Hello</p>'], [expect.stringContaining('“cheap”')]],
  ['a longer word', cheap, ['Painless whitening'], []],
  [
    'a German entry in German',
    { forbidden: [{ says: 'billig', language: 'de' }] },
    [German],
    [expect.stringContaining('“billig”')],
  ],
  [
    'a German entry in English',
    { forbidden: [{ says: 'die', language: 'de' }] },
    ['Let the old habits of brushing your teeth die today'],
    [],
  ],
  [
    'a German entry where nobody can tell',
    { forbidden: [{ says: 'billig', language: 'de' }] },
    ['billig'],
    [expect.stringContaining('“billig”')],
  ],
  ['required and shown', { required: ['Smile Dental'] }, ['Hello', 'SMILE  DENTAL greets you'], []],
  [
    'required and not there',
    { required: ['Smile Dental'] },
    ['Hello'],
    ['block: It nowhere shows “Smile Dental”, which every text here has to. With that wording it would pass.'],
  ],
  [
    'required and hidden',
    { required: ['Smile Dental'] },
    ['<p style="display:none">Smile Dental</p>Hello'],
    [expect.stringContaining('nowhere')],
  ],
  [
    'required, in a comment',
    { required: ['Smile Dental'] },
    ['<!-- Smile Dental --><p>Hello</p>'],
    [expect.stringContaining('nowhere')],
  ],
  ['one of several', { required: [{ any_of: ['Smile Dental', 'Smile Clinic'] }] }, ['Smile Clinic'], []],
  [
    'required in German only',
    { required: [{ any_of: ['Ihre Praxis'], language: 'de' }] },
    ['Hello, welcome to our lovely practice'],
    [],
  ],
  [
    'required in German',
    { required: [{ any_of: ['Ihre Praxis'], language: 'de' }] },
    [German],
    [expect.stringContaining('“Ihre Praxis”')],
  ],
])('%s', (_name, policy, texts, expected) => {
  expect(says(policy, texts)).toEqual(expected)
})

test.each<[string, Partial<Subject>]>([
  ['a note in the CRM', { channel: 'crm', category: 'crm_update' }],
  ['a budget', { channel: 'ads', category: 'ad_budget' }],
])('asks no required wording of %s', (_name, given) => {
  expect(says({ required: ['Smile Dental'] }, ['Hello'], given)).toEqual([])
})

it('adds up what the policy and its scopes ask, each with its outcome', () => {
  const both = rule({ forbidden: ['cheap'], outcome: 'ask' }, { forbidden: ['pain'] })
  expect(told(both, { texts: ['pain'] })).toMatchObject([{ rule: 'wording.forbidden', outcome: 'block' }])
  expect(told(both, { texts: ['cheap'] })).toMatchObject([{ outcome: 'ask' }])
})
