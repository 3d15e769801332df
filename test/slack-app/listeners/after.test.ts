import { describe, expect, it } from 'vitest'
import { err, ok } from '../../../core/domain/result.ts'
import { callsOf } from '../fake-gate.ts'
import { buttonsOf, harness, wordsOf } from '../harness.ts'
import { action, actionId, approver, exception, exceptionId, executed, later, workspaceId } from '../sample.ts'
import { gateWith } from '../stateful-gate.ts'

const draw = { queue: 'card', workspaceId, subject: actionId } as const
const approved = async () => {
  const gate = gateWith(action())
  const h = harness(gate.verbs)
  await h.app.runSideJob(draw)
  await h.press('action_approve')
  return { h, gate }
}

describe('undo', () => {
  it('acts at once and asks why afterwards', async () => {
    const { h } = await approved()
    await h.press('action_undo')
    expect(callsOf(h.calls, 'undoAction').map(([, id, options]) => [id, options])).toEqual([
      [actionId, { despiteChanges: false }],
    ])
    expect(wordsOf(h.seen()[0])).toContain('Undone: your newsletter')
    const why = h.seen().at(-1)
    expect(wordsOf(why)).toContain('Undone: it is as it was before. May I ask why?')
    await h.press('action_undo_reason', { option: 'outside' })
    expect(callsOf(h.calls, 'undoAction')[1]?.[2]).toEqual({
      despiteChanges: false,
      reason: 'Something outside changed (an event was cancelled …)',
      outside: true,
    })
    expect(wordsOf(h.seen().at(-1))).toBe('Thank you, that is noted.')
  })

  it.each(['content', 'people', 'tone'] as const)('keeps what was wrong: %s', async (cause) => {
    const { h } = await approved()
    await h.press('action_undo')
    await h.press('action_undo_reason', { option: cause })
    expect(callsOf(h.calls, 'undoAction')[1]?.[2]).toEqual({ despiteChanges: false, cause })
    expect(wordsOf(h.seen().at(-1))).toBe('Thank you, that is noted.')
  })

  it('offers that it should have asked only where it did not', async () => {
    const gate = gateWith(executed({ decisions: [] }))
    const h = harness(gate.verbs)
    h.messages.sent.set(`${actionId}/card`, { channel: 'C0APPROVALS', ts: card(h), digest: '0.none' })
    await h.app.runSideJob(draw)
    await h.press('action_undo')
    expect(wordsOf(h.seen().at(-1))).toContain('It should have asked me first')
    await h.press('action_undo_reason', { option: 'should_have_asked' })
    expect(callsOf(h.calls, 'undoAction')[1]?.[2]).toEqual({ despiteChanges: false, cause: 'should_have_asked' })
    const { h: second } = await approved()
    await second.press('action_undo')
    expect(wordsOf(second.seen().at(-1))).not.toContain('It should have asked me first')
  })

  it('does not thank for a reason that was not kept', async () => {
    const gate = gateWith(action())
    const h = harness({
      ...gate.verbs,
      undoAction: (actor, id, options) =>
        options.reason === undefined && options.cause === undefined && gate.verbs.undoAction !== undefined
          ? gate.verbs.undoAction(actor, id, options)
          : Promise.resolve(err({ kind: 'not_now', state: 'undone', why: 'It was undone' })),
    })
    await h.app.runSideJob(draw)
    await h.press('action_approve')
    await h.press('action_undo')
    await h.press('action_undo_reason', { option: 'other' })
    expect(wordsOf(h.seen().at(-1))).toBe('The undo stands, but the reason could not be kept.')
  })

  it('names what was changed on the platform since, and asks before it undoes that too', async () => {
    const gate = gateWith(executed())
    const h = harness({
      ...gate.verbs,
      undoAction: (actor, id, options) =>
        options.despiteChanges
          ? (gate.verbs.undoAction?.(actor, id, options) ?? Promise.reject(new Error('no undo')))
          : Promise.resolve(
              err({ kind: 'platform_changed', differences: [{ label: 'Headline', was: 'Autumn', is: 'Winter' }] }),
            ),
    })
    h.messages.sent.set(`${actionId}/card`, { channel: 'C0APPROVALS', ts: card(h), digest: '0.none' })
    await h.app.runSideJob(draw)
    await h.press('action_undo')
    const asked = h.seen().at(-1)
    expect(asked?.onlyFor).toBe('U0APPROVER')
    expect(wordsOf(asked)).toContain('*Headline*: “Autumn”  →  “Winter”')
    await h.press('action_undo_despite')
    expect(callsOf(h.calls, 'undoAction').map(([, , options]) => options)).toEqual([
      { despiteChanges: false },
      { despiteChanges: true },
    ])
  })
})

it('looks good: confirms, and the card says who', async () => {
  const { h } = await approved()
  await h.press('action_confirm')
  expect(callsOf(h.calls, 'decideAction').at(-1)?.[1]).toEqual({
    actionId,
    decision: 'confirm',
    payloadHash: 'a1b2c3d4e5f60718',
  })
  expect(wordsOf(h.seen()[0])).toContain('*Approver* says it looks good')
  expect(buttonsOf(h.seen()[0])).toEqual(['action_undo', 'action_details'])
})

it.each([
  ['1h', '1h'],
  ['tomorrow', 'tomorrow'],
])('snoozes %s', async (option, until) => {
  const gate = gateWith(action())
  const h = harness({
    ...gate.verbs,
    snoozeAction: () => Promise.resolve(ok({ ...action(), snoozedUntil: later(60) })),
  })
  await h.app.runSideJob(draw)
  await h.press('action_snooze', { option })
  expect(callsOf(h.calls, 'snoozeAction').map(([, id, given]) => [id, given])).toEqual([[actionId, until]])
  expect(wordsOf(h.seen().at(-1))).toContain('I will ask again <!date')
})

it('details go to the one who asked, with every rule and the history', async () => {
  const h = harness(gateWith(action()).verbs)
  await h.app.runSideJob(draw)
  await h.press('action_details', { user: 'U0VIEWER' })
  const details = h.seen('U0VIEWER').at(-1)
  expect(details?.onlyFor).toBe('U0VIEWER')
  expect(wordsOf(details)).toContain(':raising_hand:  It reaches 1,200 people; above 1,000 a person decides')
  expect(wordsOf(details)).toContain('Copywriter: proposed')
  expect(wordsOf(details)).toContain('act_newsletter')
})

it('sends a test to the presser', async () => {
  const h = harness({ ...gateWith(action()).verbs, sendTest: () => Promise.resolve(ok({ to: approver.email })) })
  await h.app.runSideJob(draw)
  await h.press('action_test')
  expect(wordsOf(h.seen().at(-1))).toBe('A test is on its way to approver@example.com.')
})

describe('exception', () => {
  const open = action({ state: 'unknown', exception: exception() })
  it.each([
    ['exception_retry', undefined, 'retry'],
    ['exception_resolve', `${exceptionId}:happened`, 'happened'],
    ['exception_resolve', `${exceptionId}:did_not_happen`, 'did_not_happen'],
  ] as const)('%s %s', async (button, option, how) => {
    const gate = gateWith(open)
    const h = harness({
      ...gate.verbs,
      resolveException: () => {
        const resolved = exception({ resolvedAt: later(9), resolvedBy: 'Approver', options: [] })
        gate.current = { ...open, exception: resolved }
        return Promise.resolve(ok(resolved))
      },
    })
    await h.app.runSideJob(draw)
    expect(wordsOf(h.seen()[0])).toContain('Please have a look: ')
    await h.press(button, option === undefined ? {} : { option })
    expect(callsOf(h.calls, 'resolveException').map(([, id, given]) => [id, given])).toEqual([[exceptionId, how]])
    expect(wordsOf(h.seen()[0])).toContain('Settled by *Approver*')
    expect(buttonsOf(h.seen()[0])).toEqual([])
  })
})

/** A message of the app's that stands in the channel already. */
function card(h: ReturnType<typeof harness>): string {
  const message = {
    channel: 'C0APPROVALS',
    user: null,
    text: 'Ready',
    blocks: [],
    threadTs: null,
    broadcast: false,
    onlyFor: null,
  }
  return h.sandbox.world.add(message).ts
}

describe('the question that was put', () => {
  it.each([
    ['question_right', 'right_to_ask', 'It was right to ask, says *Approver*'],
    ['question_no_need', 'no_need_to_ask', 'There was no need to ask, says *Approver*'],
  ] as const)('%s: is said once, on the card of what was done', async (button, decision, says) => {
    const asked = { by: 'agent', question: { about: 'people', says: 'Is it the right list?' } } as const
    const h = harness(gateWith({ ...action(), asked }).verbs)
    await h.app.runSideJob(draw)
    expect(buttonsOf(h.seen()[0])).not.toContain(button)
    await h.press('action_approve')
    expect(buttonsOf(h.seen()[0])).toEqual([
      'action_undo',
      'action_confirm',
      'question_right',
      'question_no_need',
      'action_details',
    ])
    await h.press(button)
    expect(callsOf(h.calls, 'decideAction')[1]?.[1]).toMatchObject({ decision, payloadHash: 'a1b2c3d4e5f60718' })
    expect(wordsOf(h.seen()[0])).toContain(says)
    expect(buttonsOf(h.seen()[0])).toEqual(['action_undo', 'action_confirm', 'action_details'])
  })

  it('is not asked where nobody had to be asked', async () => {
    const { h } = await approved()
    expect(buttonsOf(h.seen()[0])).toEqual(['action_undo', 'action_confirm', 'action_details'])
  })
})
