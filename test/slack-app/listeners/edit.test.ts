import { expect, it } from 'vitest'
import { err, ok } from '../../../core/domain/result.ts'
import { callsOf } from '../fake-gate.ts'
import { harness, wordsOf } from '../harness.ts'
import { action, actionId, decision, workspaceId } from '../sample.ts'
import { gateWith } from '../stateful-gate.ts'

const draw = { queue: 'card', workspaceId, subject: actionId } as const
const user = 'U0APPROVER'

it('opens at once, then shows the fields, and saving decides with the whole input', async () => {
  const h = harness(gateWith(action()).verbs)
  await h.app.runSideJob(draw)
  await h.press('action_edit')
  expect(h.sandbox.world.calls.map((call) => call.method).filter((name) => name.startsWith('views.'))).toEqual([
    'views.open',
    'views.update',
  ])
  const opened = h.sandbox.world.calls.find((call) => call.method === 'views.open')
  expect(String(opened?.args['view'])).toContain('One moment')
  const modal = h.sandbox.world.modal(user)
  expect(modal?.view.title.text).toBe('Edit')
  expect(wordsOf(modal?.view)).toContain('Saving approves it with your changes.')

  await h.sandbox.interact.submit({ user, fill: { 'field:subject': 'Your smile in autumn' } })
  await h.settled()
  expect(callsOf(h.calls, 'decideAction').map(([, request]) => request)).toEqual([
    {
      actionId,
      decision: 'edit',
      payloadHash: 'a1b2c3d4e5f60718',
      input: { campaignId: 'c1', subject: 'Your smile in autumn' },
    },
  ])
  expect(h.sandbox.world.modal(user)).toBeUndefined()
  expect(wordsOf(h.seen()[0])).toContain('Approved with edits by *Approver*')
})

it('shows what does not fit at its field, and keeps what was typed', async () => {
  const h = harness({
    ...gateWith(action()).verbs,
    decideAction: () =>
      Promise.resolve(err({ kind: 'malformed', problems: [{ path: 'subject', says: 'At most 10 characters.' }] })),
  })
  await h.app.runSideJob(draw)
  await h.press('action_edit')
  await h.sandbox.interact.submit({ user, fill: { 'field:subject': 'Much too long a subject' } })
  await h.settled()
  const modal = h.sandbox.world.modal(user)
  expect(modal?.errors).toEqual({ 'field:subject': 'At most 10 characters.' })
  expect(modal?.entries['field:subject']?.['value']?.['value']).toBe('Much too long a subject')
})

it('says why when the edit is refused', async () => {
  const h = harness({
    ...gateWith(action()).verbs,
    decideAction: () =>
      Promise.resolve(
        err({
          kind: 'stricter_now',
          reasons: [{ rule: 'words', outcome: 'block', text: 'The word “guaranteed” is not allowed' }],
        }),
      ),
  })
  await h.app.runSideJob(draw)
  await h.press('action_edit')
  await h.sandbox.interact.submit({ user, fill: {} })
  await h.settled()
  expect(h.sandbox.world.modal(user)?.view.title.text).toBe('Not saved')
  expect(wordsOf(h.sandbox.world.modal(user)?.view)).toContain('The word “guaranteed” is not allowed.')
})

it('keeps an edit that asks for a higher right, and says that it waits', async () => {
  const waiting = action({
    version: 4,
    decisions: [decision('edit', { changes: [{ label: 'Subject', was: 'a', is: 'b' }] })],
  })
  const h = harness({ ...gateWith(action()).verbs, decideAction: () => Promise.resolve(ok(waiting)) })
  await h.app.runSideJob(draw)
  await h.press('action_edit')
  await h.sandbox.interact.submit({ user, fill: {} })
  await h.settled()
  expect(wordsOf(h.seen().at(-1))).toContain('Your changes are kept.')
})

it('does not offer fields of something else than what was shown', async () => {
  const gate = gateWith(action())
  const h = harness(gate.verbs)
  await h.app.runSideJob(draw)
  gate.current = action({ payloadHash: 'ffff000011112222333344445555', version: 4 })
  await h.press('action_edit')
  expect(wordsOf(h.sandbox.world.modal(user)?.view)).toContain('This changed after the card was drawn')
})

it('answers in time when the gate takes long, and shows the outcome when it is there', async () => {
  let finish: (() => void) | undefined
  const gate = gateWith(action())
  const h = harness(
    {
      ...gate.verbs,
      decideAction: async (actor, request) => {
        await new Promise<void>((resolve) => {
          finish = resolve
        })
        return (await gate.verbs.decideAction?.(actor, request)) ?? err({ kind: 'not_found', what: 'action' })
      },
    },
    { wait: () => Promise.resolve() },
  )
  await h.app.runSideJob(draw)
  await h.press('action_edit')
  await h.sandbox.interact.submit({ user, fill: { 'field:subject': 'Later' } })
  expect(h.sandbox.world.modal(user)?.view.title.text).toBe('Saving')
  finish?.()
  await h.settled()
  expect(h.sandbox.world.modal(user)?.view.title.text).toBe('Saved')
})

it('says so when the trigger has expired', async () => {
  const h = harness(gateWith(action()).verbs)
  await h.app.runSideJob(draw)
  h.sandbox.world.script('views.open', { error: 'expired_trigger_id' })
  await h.press('action_edit')
  expect(wordsOf(h.seen().at(-1))).toBe('That took too long to open. Please press once more.')
})
