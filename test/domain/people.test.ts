import { expect, test } from 'vitest'
import { type Deed, mayDo, ROLES } from '../../core/domain/people.ts'

/** The table of who may do what: viewer, approver, admin, owner. */
const TABLE: Readonly<Record<Deed, readonly [boolean, boolean, boolean, boolean]>> = {
  read: [true, true, true, true],
  stop: [true, true, true, true],
  propose: [false, true, true, true],
  decide: [false, true, true, true],
  undo: [false, true, true, true],
  snooze: [false, true, true, true],
  delegate: [false, true, true, true],
  record_outcomes: [false, true, true, true],
  record_consents: [false, true, true, true],
  lift_suppressions: [false, false, true, true],
  delete_feedback: [false, true, true, true],
  grant: [false, false, true, true],
  set_policy: [false, false, true, true],
  record_spend: [false, false, true, true],
  resume: [false, false, true, true],
  manage_members: [false, false, true, true],
  manage_agents: [false, false, true, true],
  manage_connections: [false, false, true, true],
  read_ledger: [false, false, true, true],
  erase_details: [false, false, true, true],
  rebuild_trust: [false, false, true, true],
  reclaim: [false, true, true, true],
  choose_escalation: [false, false, false, true],
  grant_full_delegation: [false, false, false, true],
  raise_cap: [false, false, false, true],
  change_roles: [false, false, false, true],
  adopt_ledger: [false, false, false, true],
}

// safe: the keys of a record of deeds
const cases = (Object.keys(TABLE) as Deed[]).flatMap((deed) =>
  ROLES.map((role, at) => [role, deed, TABLE[deed][at]] as const),
)

test.each(cases)('%s, %s: %s', (role, deed, expected) => {
  expect(mayDo(role, deed)).toBe(expected)
})
