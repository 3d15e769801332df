import { describe, expect, it } from 'vitest'
import type { Naming } from '../../core/ports/people.ts'
import { queryOf } from '../../core/postgres/database.ts'
import { forgettingRows } from '../../core/postgres/person-record-rows.ts'
import { redactions } from '../../core/postgres/redactions.ts'
import { inWorkspace } from '../../core/postgres/transaction.ts'
import { decide } from '../support/decide.ts'
import { refusedWith } from '../support/rows.ts'
import { useWorld } from '../support/use-world.ts'
import { START, value } from '../support/world.ts'

const its = useWorld()
const ana = 'ana_50%@example.com'
const note = (body: string, reason = 'Asked for') => ({
  kind: 'hubspot.note.create',
  input: { contactId: '102', body },
  reason,
})
const INVALID_PATTERN = '2201B'
const named = (...texts: readonly string[]): Naming => ({ texts, ids: [] })

/** What reads and what redacts, each pattern in the place of a whole text replaced by one that no server can read. */
async function withUnreadablePatterns(naming: Naming): Promise<void> {
  const { database, world } = its
  const opened = { toMove: null, today: null }
  await inWorkspace(
    database.drizzle,
    world.workspaceId,
    opened,
    () => START,
    async (tx) => {
      const isPattern = (one: unknown): boolean => String(one).includes('[[:alnum:]')
      const query: ReturnType<typeof queryOf> = (text, values) =>
        queryOf(tx)(
          text,
          values.map((one) => (Array.isArray(one) && one.some(isPattern) ? one.map(() => '(') : one)),
        )
      await forgettingRows(query, world.workspaceId).namedIn(naming)
      const rows = redactions(query, world.workspaceId, START.toISOString())
      await rows.isInSettings(naming.texts)
      await rows.redactNamed(naming)
    },
  )
}

describe('the pattern of a whole text', () => {
  it('is tried only on what holds the text somewhere, whatever is asked', async () => {
    const { world } = its
    value(await world.gate.stop(world.owner, { kind: 'topic', value: 'Recall-X' }, 'A faulty batch'))
    value(await world.gate.setPolicy(world.owner, {}, 'For spring'))
    const plan = { title: 'Spring', reason: 'Season', steps: [note('Prefers mornings')] }
    value(await world.gate.proposePlan(world.agent, plan, world.once()))
    const action = await world.propose(note('bert@example.com called'))
    value(await decide(world, action, { decision: 'reject', reason: 'Not now' }))
    value(await world.gate.setGrant(world.owner, 'crm_update.small', 1, { reason: 'Slower' }))
    await withUnreadablePatterns(named('ana@example.com'))
    expect(await refusedWith(withUnreadablePatterns(named('BERT@example.com')))).toBe(INVALID_PATTERN)
    expect(await refusedWith(withUnreadablePatterns(named('spring')))).toBe(INVALID_PATTERN)
    expect(await refusedWith(withUnreadablePatterns(named('recall-x')))).toBe(INVALID_PATTERN)
  })

  it.each([
    ['signs that stand for others', ana, `${ana} called`, true],
    ['and for nothing else', ana, 'anaX50@example.com called', false],
    ['capitals', ana, `${ana.toUpperCase()} called`, true],
    ['letters with another capital', 'zoë.ıſ@example.com', 'ZOË.IS@EXAMPLE.COM called', true],
    ['a new line before it', 'ana@example.com', 'Called:\nana@example.com', true],
    ['a longer address', 'ana@example.com', 'joana@example.com called', false],
  ])('finds what it found before: %s', async (_name, text, body, isFound) => {
    const { world, database } = its
    await world.propose(note(body))
    const found = await inWorkspace(
      database.drizzle,
      world.workspaceId,
      { toMove: null, today: null },
      () => START,
      (tx) => forgettingRows(queryOf(tx), world.workspaceId).namedIn(named(text)),
    )
    expect(found.length > 0).toBe(isFound)
  })

  it('finds a backslash where nothing is put before it', async () => {
    const { world } = its
    await world.propose(note('Prefers mornings', String.raw`crm\ana called`))
    const naming = named(String.raw`crm\ana`)
    expect(await refusedWith(withUnreadablePatterns(naming))).toBe(INVALID_PATTERN)
  })
})
