import { expect, test } from 'vitest'
import { covers, SWITCH_TARGETS, type SwitchSubject, type SwitchTarget } from '../../core/domain/switches.ts'

const subject: SwitchSubject = {
  agentId: 'agt_1',
  category: 'email_campaign',
  channel: 'email',
  platform: 'mailchimp',
  kind: 'mailchimp.campaign.send',
}

const cases: readonly (readonly [SwitchTarget, boolean])[] = [
  [{ kind: 'all' }, true],
  [{ kind: 'workspace' }, true],
  [{ kind: 'agent', value: 'agt_1' }, true],
  [{ kind: 'agent', value: 'agt_2' }, false],
  [{ kind: 'category', value: 'email_campaign' }, true],
  [{ kind: 'category', value: 'crm_update' }, false],
  [{ kind: 'channel', value: 'email' }, true],
  [{ kind: 'channel', value: 'social' }, false],
  [{ kind: 'platform', value: 'mailchimp' }, true],
  [{ kind: 'platform', value: 'hubspot' }, false],
  [{ kind: 'kind', value: 'mailchimp.campaign.send' }, true],
  [{ kind: 'kind', value: 'mailchimp.campaign' }, false],
  [{ kind: 'topic', value: 'email' }, false],
]

test.each(cases)('%j: %s', (target, expected) => {
  expect(covers(target, subject)).toBe(expected)
})

test('what a member proposed is not an agent’s', () => {
  expect(covers({ kind: 'agent', value: 'agt_1' }, { ...subject, agentId: null })).toBe(false)
})

test('every target has a row above', () => {
  expect([...new Set(cases.map(([target]) => target.kind))]).toEqual([...SWITCH_TARGETS])
})
