import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { STATES } from '../../../core/domain/action-states.ts'
import { SEVERITIES } from '../../../core/domain/decision.ts'
import type { ActionView } from '../../../core/gate/views.ts'
import type { Difference, Field } from '../../../core/ports/kind.ts'
import { ViewSchema } from '../../../slack-app/sandbox/block-schema.ts'
import { section } from '../../../slack-app/views/blocks.ts'
import { cardFor, noticeFor } from '../../../slack-app/views/card-for.ts'
import { detailsMessage, planDetails } from '../../../slack-app/views/details.ts'
import { digestMessage } from '../../../slack-app/views/digest.ts'
import { editModal } from '../../../slack-app/views/edit-modal.ts'
import { fit, fitMessage } from '../../../slack-app/views/limits.ts'
import { messagesFor, messagesForPlan } from '../../../slack-app/views/messages-for.ts'
import { queueList } from '../../../slack-app/views/queue-list.ts'
import { refusalMessage } from '../../../slack-app/views/refusals.ts'
import { rejectModal } from '../../../slack-app/views/reject-modal.ts'
import { reminderMessage } from '../../../slack-app/views/reminder.ts'
import { reviseModal } from '../../../slack-app/views/revise-modal.ts'
import { stopNotice } from '../../../slack-app/views/stop-notice.ts'
import { undoChanged } from '../../../slack-app/views/undo-changed.ts'
import { undoList } from '../../../slack-app/views/undo-list.ts'
import { undoWhy } from '../../../slack-app/views/undo-why.ts'
import { anyWords as words, standsInSlack } from '../slack-limits.ts'
import { action, ctx, decision, exception, executed, field, id, later, plan, stop } from '../sample.ts'

const differences: fc.Arbitrary<readonly Difference[]> = fc.array(fc.record({ label: words, was: words, is: words }), {
  maxLength: 30,
})
const url = fc.constantFrom(
  'https://a.example.com/?a=1&b=<2>|3',
  'javascript:alert(1)',
  'not an address',
  `https://a.example.com/${'x'.repeat(5_000)}`,
)

const actions: fc.Arbitrary<ActionView> = fc
  .record({
    state: fc.constantFrom(...STATES),
    text: words,
    more: words,
    lines: fc.array(fc.record({ label: words, value: words }), { maxLength: 60 }),
    differences,
    evidence: fc.array(fc.record({ label: words, url }), { maxLength: 20 }),
    url,
    undo: fc.constantFrom('exact', 'compensating', 'held', 'none'),
    severity: fc.constantFrom(...SEVERITIES),
    flags: fc.record({
      frozen: fc.boolean(),
      exception: fc.boolean(),
      requested: fc.boolean(),
      level: fc.boolean(),
      image: fc.boolean(),
      dryRun: fc.boolean(),
      hash: fc.boolean(),
    }),
  })
  .map(({ state, text, more, lines, differences: differs, evidence, url: address, undo, severity, flags }) =>
    action({
      state,
      preview: { title: text, done: more, lines, openUrl: address, ...(flags.image && { imageUrl: address }) },
      reason: more,
      note: text,
      differences: differs,
      changes: differs,
      supersedes: id('act', 'before'),
      preflight: lines.map((line) => line.value),
      evidence,
      dryRun: flags.dryRun,
      payloadHash: flags.hash ? action().payloadHash : null,
      undo: { class: undo as ActionView['undo']['class'], until: later(60) },
      holdUntil: later(30),
      executedAt: later(1),
      agent: { id: null, name: text },
      requestedBy: flags.requested ? { member: text, words: more, thread: { channel: 'C1', ts: '1.1' } } : null,
      level: flags.level ? action().level : null,
      verdict: { outcome: 'ask', reasons: lines.map((line) => ({ rule: 'r', outcome: 'ask', text: line.value })) },
      decisions: [
        decision('reject', { reason: text, changes: differs, severity, by: { id: id('mem', 'a'), name: more } }),
        decision('edit', { changes: differs }),
      ],
      exception: flags.exception ? exception({ says: text }) : null,
      frozenBy: flags.frozen ? { ...stop, words: text, reason: more, by: text } : null,
    }),
  )

describe('any words of an agent or a platform stay inside Slack’s limits', () => {
  it('in every message about an action', () => {
    fc.assert(
      fc.property(actions, (view) => {
        for (const { message } of messagesFor(view, ctx)) standsInSlack(message)
        standsInSlack(cardFor(view, ctx))
        standsInSlack(noticeFor(view, ctx))
        standsInSlack(detailsMessage(view, ctx))
        standsInSlack(reminderMessage(view, 'escalate', view.reason, ctx))
        standsInSlack(undoChanged(view, view.changes))
        standsInSlack(undoWhy(view, view.reason || 'x'))
        standsInSlack(
          stopNotice({ switch: { ...stop, words: view.reason, by: view.reason }, executing: [view], recalled: 2 }),
        )
      }),
      { numRuns: 60 },
    )
  })

  it('in lists and plans', () => {
    const many = fc
      .array(actions, { maxLength: 70 })
      .map((list) => list.map((view, index) => ({ ...view, id: id('act', `n${index}`) })))
    fc.assert(
      fc.property(many, words, (views, text) => {
        standsInSlack(
          queueList(
            views,
            true,
            views.slice(0, 1).map(() => exception({ says: text })),
            ctx,
          ),
        )
        standsInSlack(undoList(views, ctx))
        standsInSlack(digestMessage(views, 'month', ctx))
        const whole = plan({ steps: views, title: text, reason: text })
        for (const { message } of messagesForPlan(whole, ctx)) standsInSlack(message)
        standsInSlack(planDetails(whole, ctx))
      }),
      { numRuns: 25 },
    )
  })

  it('in refusals', () => {
    fc.assert(
      fc.property(words, differences, (text, differs) => {
        standsInSlack(refusalMessage({ kind: 'not_permitted', why: text }, ctx))
        standsInSlack(refusalMessage({ kind: 'platform_changed', differences: differs }, ctx))
        standsInSlack(
          refusalMessage(
            { kind: 'malformed', problems: differs.map((one) => ({ path: one.label, says: one.was })) },
            ctx,
          ),
        )
      }),
      { numRuns: 40 },
    )
  })

  it('in modals of any kind of fields', () => {
    const type = fc.constantFrom<Field['type']>(
      'text',
      'long_text',
      'email',
      'number',
      'boolean',
      'choice',
      'date_time',
      'list',
      'record',
    )
    const options = fc.array(fc.record({ value: words, label: words }), { maxLength: 120 })
    const anyField = fc.record({
      type,
      label: words,
      options,
      help: words,
      value: fc.oneof(words, fc.integer(), fc.boolean(), fc.array(words, { maxLength: 5 })),
    })
    fc.assert(
      fc.property(fc.array(anyField, { maxLength: 40 }), (given) => {
        const fields = given.map((one, index) =>
          field(`f${index}`, one.type, { label: one.label, options: one.options, help: one.help, maxLength: 50 }),
        )
        const input = Object.fromEntries(given.map((one, index) => [`f${index}`, one.value]))
        const judged = ViewSchema.safeParse(editModal({ fields, input, dryRun: false }, '{}', ['a problem']))
        expect(judged.error?.issues ?? []).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  test.each([
    ['reject', rejectModal('{}')],
    ['revise', reviseModal('{}')],
  ])('in the fixed modal %s', (_name, modal) => {
    expect(ViewSchema.safeParse(modal).error?.issues ?? []).toEqual([])
  })
})

it('keeps the buttons of a card that is far too long', () => {
  const lines = Array.from({ length: 60 }, (_, index) => ({ label: `Line ${index}`, value: 'x'.repeat(3_000) }))
  const card = cardFor(action({ preview: { title: 't', done: 'd', lines } }), ctx)
  expect(JSON.stringify(card.blocks.at(-1))).toContain('action_approve')
})

test.each([
  ['shorter stays', 'abc', 5, 'abc'],
  ['just so stays', 'abcde', 5, 'abcde'],
  ['longer is cut and marked', 'abcdef', 5, 'abcd…'],
  ['no half entity', 'ab&amp;cd', 5, 'ab…'],
  ['no half link', 'ab<https://a.example.com|x>', 12, 'ab…'],
  ['no half character', 'abc😀d', 5, 'abc…'],
  ['never empty', '  ', 5, '–'],
])('fit: %s', (_name, text, max, expected) => {
  expect(fit(text, max)).toBe(expected)
})

it('says that something was left out when there are too many blocks', () => {
  const fitted = fitMessage({ text: 'x', blocks: Array.from({ length: 80 }, (_, index) => section(`line ${index}`)) })
  expect(fitted.blocks).toHaveLength(50)
  expect(JSON.stringify(fitted.blocks.at(-3))).toContain('There is more')
  expect(JSON.stringify(fitted.blocks.at(-1))).toContain('line 79')
})

it('the done card of the sample is one that Slack takes', () => {
  standsInSlack(cardFor(executed(), ctx))
})
