import { expect, test } from 'vitest'
import { type Actor, ROLES } from '../../core/domain/people.ts'
import { refusalWords } from '../../core/http/refusal-words.ts'
import { idOf } from '../support/views.ts'

const owner: Extract<Actor, { kind: 'member' }> = {
  kind: 'member',
  id: idOf('mem', 'mem_no'),
  workspaceId: idOf('wks', 'wks_1'),
  name: 'No',
  role: 'owner',
  via: 'http',
}
const refusal = { kind: 'not_permitted', why: 'Only an owner can change roles.' } as const
const lowered = { by: { name: 'Mo', role: null }, from: 'owner' } as const

test('who may less over a token than by themselves is told why, and what to do', () => {
  expect(refusalWords(refusal, { ...owner, role: 'viewer', lowered }).detail).toBe(
    'Only an owner can change roles. Your token was issued by Mo, who left. In Slack, or with a token taken there (/tenure token), you are an owner.',
  )
})

test('nobody else is, nor whom a refusal told already', () => {
  expect(refusalWords(refusal, owner).detail).toBe(refusal.why)
  const actor = { ...owner, role: 'viewer', lowered } as const
  expect(refusalWords({ ...refusal, isAboutToken: true }, actor).detail).toBe(refusal.why)
})

test.each([null, ...ROLES])('in 160 characters, whatever the name, of %s', (role) => {
  for (const from of ROLES) {
    const actor = { ...owner, lowered: { by: { name: 'N'.repeat(80), role }, from } }
    expect(refusalWords({ ...refusal, why: '' }, actor).detail.trim().length).toBeLessThanOrEqual(160)
  }
})
