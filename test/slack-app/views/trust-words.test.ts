import { expect, test } from 'vitest'
import { GATE_NAMES } from '../../../core/domain/trust/gate.ts'
import { gateWords } from '../../../slack-app/views/gate-words.ts'
import { placeWords, scoreBar, situationWords, whoseWork } from '../../../slack-app/views/trust-words.ts'
import { AGENTS, key } from '../trust-sample.ts'

test.each([
  [-1, '▱▱▱▱▱▱▱▱▱▱'],
  [0, '▱▱▱▱▱▱▱▱▱▱'],
  [9, '▱▱▱▱▱▱▱▱▱▱'],
  [52, '▰▰▰▰▰▱▱▱▱▱'],
  [100, '▰▰▰▰▰▰▰▰▰▰'],
  [101, '▰▰▰▰▰▰▰▰▰▰'],
])('bar of %d', (score, bar) => expect(scoreBar(score)).toBe(bar))

test.each([
  ['crm_update', 'CRM updates'],
  ['crm_update.small', 'CRM updates, small'],
  ['somewhere.else', 'somewhere.else'],
])('place %s', (what, words) => expect(placeWords(what)).toBe(words))

test.each([
  ['mailchimp.campaign.send', 'mailchimp.campaign.send'],
  ['mailchimp.campaign.send/holiday_offer', 'mailchimp.campaign.send, “holiday offer”'],
])('situation %s', (scenario, words) => expect(situationWords(scenario)).toBe(words))

test.each([
  [AGENTS, 'Copywriter, hubspot.contact.update'],
  [new Map(), 'An agent, hubspot.contact.update'],
  [new Map([[key.agentId, '<!channel>']]), '&lt;!channel&gt;, hubspot.contact.update'],
])('whose work', (agents, words) => expect(whoseWork(key, agents)).toBe(words))

test.each([...GATE_NAMES, 'new_one'])('gate %s has words without an underscore', (name) => {
  expect(gateWords(name)).toMatch(/^[a-z ]+$/)
})
