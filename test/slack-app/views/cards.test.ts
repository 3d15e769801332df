import { describe, expect, it, test } from 'vitest'
import { STATES, type State } from '../../../core/domain/action-states.ts'
import type { ActionView } from '../../../core/gate/views.ts'
import { cardFor, noticeFor } from '../../../slack-app/views/card-for.ts'
import { exceptionCard } from '../../../slack-app/views/exception-card.ts'
import { planCard } from '../../../slack-app/views/plan-card.ts'
import { resultReply } from '../../../slack-app/views/result-reply.ts'
import { buttonsOf, wordsOf } from '../harness.ts'
import { action, ctx, decision, exception, executed, id, later, LEVEL, plan, stop } from '../sample.ts'
import { inOrder } from './in-order.ts'

describe('after a decision', () => {
  test.each<[State, string]>([
    ['rejected', 'Rejected'],
    ['expired', 'Expired'],
    ['cancelled', 'Cancelled'],
    ['superseded', 'Replaced by a new version'],
    ['changes_requested', 'Changes asked for'],
    ['executing', 'Approved'],
    ['scheduled', 'Approved'],
    ['unknown', 'Not sure yet'],
    ['undone', 'Undone'],
    ['failed', 'Not done'],
    ['executed', 'Done'],
    ['settled', 'Done'],
  ])('%s', (state, head) => {
    const card = cardFor(action({ state, decisions: [decision('approve')] }), ctx)
    expect(wordsOf(card).startsWith(`${head}: `)).toBe(true)
  })

  it('no card that was decided still asks', () => {
    for (const state of STATES.filter((one) => one !== 'awaiting_approval')) {
      expect(buttonsOf(cardFor(action({ state }), ctx))).not.toContain('action_approve')
      expect(buttonsOf(noticeFor(action({ state }), ctx))).not.toContain('action_approve')
    }
  })

  it('an expiry is never called a rejection, nor the other way round', () => {
    expect(wordsOf(cardFor(action({ state: 'expired' }), ctx))).not.toMatch(/reject/i)
    expect(wordsOf(cardFor(action({ state: 'rejected', decisions: [decision('reject')] }), ctx))).not.toMatch(/expire/i)
  })

  it('says who, what, when and how much it weighs', () => {
    const rejected = action({
      state: 'rejected',
      decisions: [decision('reject', { severity: 'critical', reason: 'Wrong price' })],
    })
    const words = wordsOf(cardFor(rejected, ctx))
    expect(words).toContain(
      `:no_entry_sign:  Rejected by *Approver*, <!date^${later(1).getTime() / 1000}^{date_short_pretty} at {time}|Tue 24 Nov, 14:06>  ·  it would have done harm`,
    )
    expect(words).toContain('> Wrong price')
    const outside = action({
      state: 'rejected',
      decisions: [decision('reject', { severity: 'critical', outside: true })],
    })
    expect(wordsOf(cardFor(outside, ctx))).toContain('for an outside reason')
  })
})

describe('done', () => {
  it('offers Undo until the hour, and Looks good', () => {
    const card = cardFor(executed(), ctx)
    expect(wordsOf(card)).toContain('Undo until *<!date^')
    expect(wordsOf(card)).toContain('Wed 25 Nov, 14:05>')
    expect(buttonsOf(card)).toEqual(['action_undo', 'action_confirm', 'action_details'])
  })

  test.each<[string, Partial<ActionView>, readonly string[]]>([
    ['the window has closed', { undo: { class: 'exact', until: later(-1) } }, ['action_confirm', 'action_details']],
    ['nothing can be undone', { undo: { class: 'none', until: null } }, ['action_confirm', 'action_details']],
    ['it was settled', { state: 'settled' }, ['action_details']],
    [
      'somebody confirmed it',
      { decisions: [decision('approve'), decision('confirm')] },
      ['action_undo', 'action_details'],
    ],
  ])('%s', (_name, more, buttons) => {
    expect(buttonsOf(cardFor(executed(more), ctx))).toEqual(buttons)
  })

  it('says that it ran by itself', () => {
    const level = {
      ...executed().level,
      inForce: 3,
      boundBy: 'grant',
      grant: 3,
      tier: null,
      ceiling: 3,
      why: '',
    } as const
    expect(wordsOf(noticeFor(executed({ decisions: [], level }), ctx))).toContain('Ran by itself at level 3')
  })

  it('says what bound the level of what ran by itself, and of nothing that a person approved', () => {
    const why = 'The grant is level 4, but its score allows level 3 for now.'
    const level: ActionView['level'] = { ...LEVEL, inForce: 3, boundBy: 'tier', grant: 4, tier: 'notify', why }
    expect(wordsOf(noticeFor(executed({ decisions: [], level }), ctx))).toContain(why)
    expect(wordsOf(noticeFor(executed({ level }), ctx))).not.toContain(why)
  })
})

it('a stopped card keeps what was decided and offers no decision', () => {
  const card = cardFor(action({ frozenBy: stop }), ctx)
  expect(wordsOf(card)).toContain(':octagonal_sign:  *Stopped* by Approver')
  expect(wordsOf(card)).toContain('“wrong price”')
  expect(buttonsOf(card)).toEqual(['action_details'])
})

describe('a plan', () => {
  it('says its steps, its people and its cost as one', () => {
    const card = planCard(plan(), ctx)
    inOrder(wordsOf(card), [
      'Ready: autumn check-ups in three steps.',
      'Approve carries out 2 steps in this order',
      '*Goes to*\n1,200 people',
      '*Costs*\n€12.50',
      '*1.*  a page is prepared',
      '*2.*  your newsletter',
    ])
    expect(buttonsOf(card)).toEqual(['action_approve', 'action_revise', 'action_reject', 'action_details'])
    expect(card.blocks.at(-1)?.block_id).toBe('pln_launch:a1b2c3d4e5f60718:6')
  })

  it('shows how far each step is, and offers undo for what was done', () => {
    const steps = [
      executed(),
      action({ id: id('act', 'b'), state: 'failed', note: 'The list is empty' }),
      action({ id: id('act', 'c'), state: 'cancelled' }),
    ]
    const card = planCard(plan({ state: 'stopped', steps }), ctx)
    inOrder(wordsOf(card), [
      'Stopped half-way:',
      ':white_check_mark:  *1.*',
      'went to 1,200 people',
      ':x:  *2.*',
      'did not work _The list is empty_',
      ':x:  *3.*',
      'not carried out',
    ])
    expect(buttonsOf(card)).toEqual(['action_undo', 'action_details'])
  })
})

it('an exception offers only what may be done about it', () => {
  const only = (options: ReturnType<typeof exception>['options']) =>
    buttonsOf(exceptionCard(action(), exception({ options }), ctx))
  expect(only(['retry'])).toEqual(['exception_retry', 'action_details'])
  expect(only(['happened', 'did_not_happen'])).toEqual(['exception_resolve', 'action_details'])
})

it('who asked is told where its time passed', () => {
  const note = 'Its time passed before it could go out, so nothing went out.'
  expect(wordsOf(resultReply(action({ state: 'expired', note })))).toContain(note)
  expect(wordsOf(resultReply(action({ state: 'expired', note: null })))).toContain('Nobody decided in time.')
})
