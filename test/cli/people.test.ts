import { expect, it, test } from 'vitest'
import { tenure } from '../support/tenure-command.ts'
import { owner } from '../support/views.ts'

const ana = { kind: 'email', value: 'ana@example.com' }
const phone = { kind: 'phone', value: '303 555 0147' }
const NAMED = "--email ana@example.com --phone '303 555 0147'"

test.each([
  [
    `consent withdrawn ${NAMED} --channel email --source 'On the phone' --at 2026-03-02T09:00:00Z`,
    'recordConsents',
    [
      {
        identifiers: [ana, phone],
        channel: 'email',
        standing: 'withdrawn',
        source: 'On the phone',
        at: new Date('2026-03-02T09:00:00Z'),
      },
    ],
    'Recorded.\n',
  ],
  [
    `suppress ${NAMED} --reason legal`,
    'suppressPeople',
    [{ identifiers: [ana, phone], reason: 'legal' }],
    'They will not be contacted.\n',
  ],
  [
    `lift ${NAMED} --channel email`,
    'liftSuppressions',
    { identifiers: [ana, phone], channel: 'email' },
    'They may be contacted again.\n',
  ],
  [
    `erase ${NAMED}`,
    'erasePerson',
    [ana, phone],
    'Forgotten. 2 remarks beside the ledger went, and the words of 3 ended actions. 1 more that name them have not ended: their words go when they have.\n',
  ],
])('people %s', async (args, verb, given, out) => {
  const done = await tenure(`people ${args}`)
  expect(done).toMatchObject({ exitCode: 0, out, calls: [{ verb, args: [owner, given] }] })
})

it('shows what is kept of a person', async () => {
  const { out, exitCode } = await tenure(`people export ${NAMED}`)
  expect(exitCode).toBe(0)
  expect(out).toContain('Known by: email')
  expect(out).toMatch(/email +given/)
  expect(out).toMatch(/mailchimp\.campaign\.send +executed .* reached/)
  expect(out).toMatch(/mailchimp\.member\.upsert +settled .* named/)
})

test.each([
  ['consent given --email ana@example.com --source x', 2],
  ['suppress --email ana@example.com --reason bored', 2],
  ['erase', 1],
])('people %s is refused', async (args, code) => {
  const done = await tenure(`people ${args}`)
  expect([done.exitCode, done.calls]).toEqual([code, []])
})
