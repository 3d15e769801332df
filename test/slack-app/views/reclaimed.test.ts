import { expect, it, test } from 'vitest'
import {
  categoryChoices,
  handedBackMessage,
  nothingThere,
  reclaimedMessage,
} from '../../../slack-app/views/reclaimed.ts'
import { wordsOf } from '../harness.ts'
import { AGENTS, grant, reclaimed } from '../trust-sample.ts'

it('says what asks again, what it did before, and how to hand it back', () => {
  const said = wordsOf(reclaimedMessage([reclaimed(), reclaimed({ scope: 'booking.large', reclaimed: 5 })], AGENTS))
  expect(said).toContain(
    '*Taken back. From now on this asks you every time:*\n•  Copywriter, hubspot.contact.update (CRM updates, small, so far: acts and tells you).',
  )
  expect(said).toContain('(bookings, large, so far: handles all of it and reports once a month)')
  expect(said).toContain('`/tenure hand-back crm_update`  `/tenure hand-back booking`')
})

it('names fifteen and counts the rest', () => {
  const said = wordsOf(
    reclaimedMessage(
      Array.from({ length: 18 }, () => reclaimed()),
      AGENTS,
    ),
  )
  expect(said.match(/•/g)).toHaveLength(15)
  expect(said).toContain('_and 3 more_')
})

test.each([
  [grant(), 'it acts and tells you.'],
  [grant({ level: 4, inForce: 2 }), 'it acts and reports once a week; for now it asks you every time.'],
])('hands back', (given, says) => expect(wordsOf(handedBackMessage([given], AGENTS))).toContain(says))

test.each([
  ['reclaim', 'Nothing runs by itself in CRM updates, small: everything asks you already.'],
  ['hand_back', 'Nothing was taken back in CRM updates, small that could be handed back.'],
] as const)('nothing to %s', (verb, says) => expect(wordsOf(nothingThere('crm_update.small', verb))).toBe(says))

test.each([
  ['', 'Which category? You can say: `bookings`'],
  ['<!here>', 'I do not know “&lt;!here&gt;”, so nothing was done. You can say: `bookings`'],
])('choices for %j', (asked, says) => expect(wordsOf(categoryChoices(asked, ['bookings']))).toBe(says))
