import { expect, it } from 'vitest'
import type { DecisionVerb } from '../../core/domain/decision.ts'
import { decide } from '../support/decide.ts'
import { verify } from '../support/ledger.ts'
import { useWorld } from '../support/use-world.ts'
import { START, value } from '../support/world.ts'
import { MAILCHIMP_SEED } from '../../connectors/mailchimp/sandbox-seed.ts'

const HOUR_MS = 3_600_000
const its = useWorld()

/** Somebody's name and addresses, written wherever a person, an agent or a platform can write something. */
const NAME = 'Marigold Quillfeather'
const EMAIL = 'marigold.quillfeather@example.com'
const MEMBER = 'patient-0035@example.com'
const REMARK = `${NAME} <${EMAIL}> asked for it`

const create = (key: string) => ({
  kind: 'hubspot.contact.create',
  input: { email: `${key}-${EMAIL}`, firstName: NAME, lastName: NAME },
  reason: REMARK,
})

it('holds nothing that anybody wrote, whatever was done', async () => {
  const { world } = its
  const { gate, owner } = world
  const decide = async (key: string, decision: DecisionVerb): Promise<void> => {
    const { id: actionId, payloadHash } = await world.propose(create(key))
    value(await gate.decideAction(owner, { actionId, decision, payloadHash: payloadHash ?? '', reason: REMARK }))
    await world.settled()
  }
  for (const decision of ['approve', 'reject', 'revise', 'cancel'] as const) await decide(decision, decision)
  const tagged = await world.approve(
    await world.propose({
      kind: 'mailchimp.member.tag',
      input: { listId: MAILCHIMP_SEED.listId, email: MEMBER, add: [NAME] },
      reason: REMARK,
    }),
  )
  await world.sweep()
  expect((await world.get(tagged.id)).receipt?.reference).toBe(MEMBER)
  value(await gate.undoAction(owner, tagged.id, { despiteChanges: false, reason: REMARK }))
  await world.sweep()
  const stopped = value(await gate.stop(owner, { kind: 'workspace' }, REMARK))
  value(await gate.resume(owner, stopped.switch.id, REMARK))
  value(await gate.setGrant(owner, 'crm_update.small', 1, { reason: REMARK }))
  value(await gate.setPolicy(owner, {}, REMARK))
  value(await gate.addMember(owner, { name: NAME, email: EMAIL, role: 'approver' }))
  value(await gate.createAgent(owner, { name: NAME, kinds: [] }))
  value(await gate.addConnection(owner, { platform: 'hubspot', name: NAME, credentials: EMAIL }))
  value(await gate.adoptLedger(owner, { reason: REMARK, lost: null }))
  await world.sealLedger()

  const written = 'marigold|quillfeather|patient-0035|asked for'
  expect(await world.query('select type, body from ledger_events where body ~* $1', [written])).toEqual([])
  expect(await world.query('select text from ledger_seals where text ~* $1', [written])).toEqual([])
  const events = await world.query('select distinct type from ledger_events')
  expect(events.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['executed', 'rejected', 'revised', 'cancelled', 'undo_claimed', 'undone', 'stopped']),
  )

  // It lies beside the ledger, and is gone when it is erased.
  const [kept] = await world.query('select count(*)::int as n from ledger_details where detail ~ $1', [EMAIL])
  expect(kept?.['n']).toBeGreaterThanOrEqual(8)
  const subjects = await world.query('select distinct subject from ledger_details')
  for (const { subject } of subjects) value(await gate.eraseDetails(owner, String(subject)))
  await world.sealLedger()
  expect(await world.query('select 1 from ledger_details')).toEqual([])
  expect(await verify(world)).toMatchObject({ found: 0, unsealed: { events: 0 } })
})

it('holds nothing of why something came back to a person, and what lies beside it goes with whom it names', async () => {
  const { world } = its
  const { gate, owner } = world
  const later = { notBefore: new Date(START.getTime() + HOUR_MS), reason: 'Spring' }
  const note = (body: string) => ({ kind: 'hubspot.note.create', input: { contactId: '101', body } })
  const topic = 'patient 0035'
  const frozen = await world.approve(await world.propose({ ...note(`About ${topic}`), ...later }))
  // Longer than what a card quotes of it.
  const why = `${EMAIL} complained; ask ${EMAIL}`
  const stopped = value(await gate.stop(owner, { kind: 'topic', value: topic }, why))
  value(await gate.resume(owner, stopped.switch.id, null))
  const back = await world.get(frozen.id)
  expect(back.note).toContain(`${EMAIL} complained`)
  value(await decide(world, back, { decision: 'cancel' }))
  const planned = await world.approve(await world.propose({ ...note('About braces'), ...later }))
  const same = await world.propose({ ...note('About braces'), reason: 'Once more' })
  const said = `${EMAIL} does not want it`
  value(await decide(world, same, { decision: 'reject', reason: said }))
  world.pass(HOUR_MS)
  await world.sweep()
  const stricter = await world.get(planned.id)
  expect(stricter.note).toContain(said)
  value(await decide(world, stricter, { decision: 'cancel' }))

  const events = await world.query(
    `select e.subject, e.type, e.body, d.detail from ledger_events e left join ledger_details d using (subject, subject_version)
     where e.subject = any ($1) and e.type in ('recalled', 'stricter') order by e.id`,
    [[frozen.id, planned.id]],
  )
  expect(events).toMatchObject([
    { subject: frozen.id, type: 'recalled', detail: expect.stringContaining(EMAIL) },
    { subject: planned.id, type: 'stricter', detail: expect.stringContaining(said) },
  ])
  expect(await world.query('select type, body from ledger_events where body ~* $1', ['marigold|patient'])).toEqual([])

  value(await gate.erasePerson(owner, [{ kind: 'email', value: EMAIL }]))
  for (const table of ['ledger_events', 'ledger_details', 'action_states', 'payloads', 'rejected_payloads', 'switches'])
    expect(await world.query(`select * from ${table} t where t::text ~* 'marigold'`)).toEqual([])
  await world.sealLedger()
  expect(await verify(world)).toMatchObject({ found: 0, unsealed: { events: 0 } })
})
