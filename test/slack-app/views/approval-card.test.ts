import { describe, expect, it, test } from 'vitest'
import type { ActionView } from '../../../core/gate/views.ts'
import { approvalCard, cardSize } from '../../../slack-app/views/approval-card.ts'
import { cardFor } from '../../../slack-app/views/card-for.ts'
import { planCard } from '../../../slack-app/views/plan-card.ts'
import { when } from '../../../slack-app/views/when.ts'
import { buttonsOf, wordsOf } from '../harness.ts'
import { action, approver, ctx, decision, id, later, LEVEL, plan, stop } from '../sample.ts'
import { inOrder } from './in-order.ts'

describe('the approval card', () => {
  const approvals = { needed: 2, missing: 1, given: [], says: '1 of 2: Ann approved, one more needed.' }

  it('says who approved already, where several have to, for a plan too', () => {
    expect(wordsOf(approvalCard(action({ approvals }), ctx))).toContain('1 of 2: Ann approved, one more needed.')
    expect(wordsOf(planCard(plan({ steps: [action({ approvals })] }), ctx))).toContain('one more needed.')
    expect(wordsOf(approvalCard(action(), ctx))).not.toContain('needed.')
  })

  it('about a frozen topic says who and why, and offers everything but to approve', () => {
    const frozenBy = {
      ...stop,
      target: { kind: 'topic', value: 'recall-x' },
      words: 'everything about “recall-x”',
    } as const
    const card = approvalCard(action({ frozenBy }), ctx)
    expect(wordsOf(card)).toContain('*Frozen* by Approver')
    expect(wordsOf(card)).toContain('(everything about “recall-x”)')
    expect(buttonsOf(card)).toEqual(['action_edit', 'action_revise', 'action_reject', 'action_details'])
    expect(buttonsOf(cardFor(action({ frozenBy, state: 'scheduled' }), ctx))).toEqual(['action_details'])
  })

  it('once locked says in whose place it was decided', () => {
    const decided = decision('approve', { onBehalfOf: { id: approver.id, name: 'Ann' } })
    expect(wordsOf(cardFor(action({ state: 'scheduled', decisions: [decided] }), ctx))).toContain('*Approver* for Ann,')
  })

  it('says everything in the order in which a person asks for it', () => {
    const card = approvalCard(action({ slotAt: later(600) }), ctx, 'detailed')
    inOrder(wordsOf(card), [
      'Ready: your newsletter “Autumn check-ups” goes to 1,200 people.',
      'Nothing is live until you approve. Approve plans it for',
      'Asked for by <@U0APPROVER> · Prepared by Copywriter',
      '> Can we remind people of their check-up?',
      'See it finished',
      '*Goes to*\n1,200 people, 8 % of the list',
      '*Costs*\n€12.50',
      '*Why now*\nCheck-ups are down since September.',
      '*Why you are asked*\nIt reaches 1,200 people; above 1,000 a person decides.',
      '*Undo*\nOnly until it goes out; afterwards it cannot be called back',
      '*When*\nplanned for',
      'Approve\nEdit\nAsk for changes\nReject\nDetails\nSend me a test',
    ])
    expect(buttonsOf(card)).toEqual([
      'action_approve',
      'action_edit',
      'action_revise',
      'action_reject',
      'action_details',
      'action_test',
      'action_snooze',
    ])
  })

  it('carries what was shown in the block of its buttons, and the id alone in each', () => {
    const block = approvalCard(action(), ctx).blocks.at(-1)
    expect(block?.block_id).toBe('act_newsletter:a1b2c3d4e5f60718:3')
    expect([...JSON.stringify(block).matchAll(/"value":"([^"]+)"/g)].map((match) => match[1])).toEqual([
      ...Array.from({ length: 6 }, () => 'act_newsletter'),
      '1h',
      'tomorrow',
    ])
  })

  it.each(['minimal', 'detailed'] as const)('never shows an id, a hash or JSON (%s)', (size) => {
    const words = wordsOf(approvalCard(action({ requestedBy: { member: 'mem_unknown' } }), ctx, size)).replace(
      /<!date[^|]*/g,
      '',
    )
    expect(words).not.toMatch(/act_|agt_|mem_|a1b2c3d4|\bc1\b|\{|mailchimp\./)
  })

  it('is small for a small thing that nobody warned about', () => {
    const small = action({ band: 'small', verdict: { outcome: 'pass', reasons: [] } })
    expect(cardSize(small)).toBe('minimal')
    expect(cardSize({ ...small, note: 'came back' })).toBe('detailed')
    expect(cardSize(action())).toBe('detailed')
    inOrder(wordsOf(approvalCard(small, ctx)), [
      'Ready:',
      'Asked for by',
      '*Why now*',
      '1,200 people, 8 %',
      '€12.50',
      'Only until it goes out',
    ])
    expect(approvalCard(small, ctx).blocks.length).toBeLessThan(approvalCard(small, ctx, 'detailed').blocks.length)
  })

  test.each<[string, Partial<ActionView>, string]>([
    ['a send', {}, 'Approve sends it at once.'],
    ['a publication', { kind: { ...action().kind, id: 'hubspot.post.publish' } }, 'Approve publishes it at once.'],
    [
      'anything else',
      { kind: { ...action().kind, id: 'hubspot.contact.set_stage' } },
      'Approve carries it out at once.',
    ],
    ['a dry run', { dryRun: true }, 'A dry run: approving changes nothing.'],
    ['a slot that has passed', { slotAt: later(-1) }, 'Approve sends it at once.'],
    [
      'a slot to come',
      { slotAt: later(50) },
      `Approve plans it for ${when(later(50), ctx)}; it is checked again then.`,
    ],
    [
      'a planned campaign whose time has just passed',
      { kind: { ...action().kind, id: 'mailchimp.campaign.schedule' }, slotAt: later(-5) },
      'Approve sends it at once.',
    ],
  ])('says what Approve does: %s', (_name, more, says) => {
    expect(wordsOf(approvalCard(action(more), ctx))).toContain(says)
  })

  it('says why it came back, what differs on the platform, and what to mend first', () => {
    const card = approvalCard(
      action({
        note: 'The draft was changed',
        differences: [{ label: 'Subject', was: 'Old', is: 'New' }],
        preflight: ['The list needs a sender address'],
      }),
      ctx,
    )
    inOrder(wordsOf(card), [
      'The draft was changed.',
      '*Subject*: “Old”  →  “New”',
      'The list needs a sender address.',
      'The draft is kept as it is.',
    ])
  })

  it('shows what a new version changed, and who edited', () => {
    const next = action({ supersedes: id('act', 'old'), changes: [{ label: 'Subject', was: 'Cold', is: 'Warm' }] })
    expect(wordsOf(approvalCard(next, ctx))).toContain(
      '*A new version. This changed:*\n•  *Subject*: “Cold”  →  “Warm”',
    )
    const edited = action({
      decisions: [decision('edit', { changes: [{ label: 'Subject', was: 'Cold', is: 'Warm' }] })],
    })
    expect(wordsOf(approvalCard(edited, ctx))).toContain('*Edited by Approver*\n•  *Subject*: “Cold”  →  “Warm”')
  })

  it('offers no edit where nothing can be edited, and no test where the platform has none', () => {
    const kind = { ...action().kind, canTest: false, fields: action().kind.fields.filter((field) => !field.editable) }
    expect(buttonsOf(approvalCard(action({ kind }), ctx))).toEqual([
      'action_approve',
      'action_revise',
      'action_reject',
      'action_details',
      'action_snooze',
    ])
  })

  test.each<[string, Partial<ActionView>, string]>([
    [
      'a rule, at a level that runs by itself',
      { level: { ...LEVEL, inForce: 3, grant: 3, boundBy: 'grant', why: 'Level 3 was granted for this.' } },
      'above 1,000 a person decides.|At level 3 it would have run by itself, but that asks for you.',
    ],
    [
      'a rule, and a grant that something bounds',
      { level: { ...LEVEL, grant: 4, boundBy: 'lock', why: 'The grant is level 4, but it is under full review' } },
      'above 1,000 a person decides.|The grant is level 4, but it is under full review.',
    ],
    [
      'a grant that something bounds',
      {
        verdict: { outcome: 'pass', reasons: [] },
        level: { ...LEVEL, grant: 4, boundBy: 'ceiling', why: 'The grant is level 4, but the ceiling is level 2.' },
      },
      'The grant is level 4, but the ceiling is level 2.',
    ],
  ])('says what kept it from running by itself: %s', (_name, more, says) => {
    const [small, detailed] = (['minimal', 'detailed'] as const).map((size) =>
      wordsOf(approvalCard(action(more), ctx, size)),
    )
    expect(small).toContain(`Why you are asked:  `)
    expect(small).toContain(says.replace('|', ' '))
    expect(detailed).toContain(says.replace('|', '\n'))
  })

  it('does not say that it would have run where nobody granted more', () => {
    expect(wordsOf(approvalCard(action(), ctx, 'detailed'))).not.toContain('would have run')
  })

  it('says the level where no rule asked', () => {
    const words = wordsOf(approvalCard(action({ verdict: { outcome: 'pass', reasons: [] } }), ctx, 'detailed'))
    expect(words).toContain('Nobody has granted more than recommendations for this yet.')
  })
})

describe('an agent cannot speak as somebody else', () => {
  const evil = action({
    preview: {
      title: 'hello <!channel> <https://evil.example.com|Slack>\n*Costs*\nnothing',
      done: 'x',
      lines: [{ label: 'Note', value: '<!here> & <@U0OWNER>\n*Approved by the owner*' }],
    },
    reason: 'because <!everyone>\n*Undo*\nalways',
    requestedBy: { member: 'U0STRANGER', words: '<@U0OWNER> said yes\n*Approved*' },
    evidence: [{ label: 'see|<!channel>', url: 'javascript:alert(1)' }],
  })
  const card = JSON.stringify(approvalCard(evil, ctx, 'detailed'))

  it('neither mentions nor links by markup', () => {
    expect(card).not.toContain('<!channel>')
    expect(card.match(/"type":"mrkdwn","text":"[^"]*<(!here|!everyone|@U0OWNER|@U0STRANGER)/)).toBeNull()
    expect(card).not.toContain('javascript:')
    expect(card).toContain('&lt;!everyone&gt;')
  })

  it('nor draws a label of its own', () => {
    const lines = wordsOf(approvalCard(evil, ctx, 'detailed')).split('\n')
    expect(lines.filter((line) => line === '*Undo*')).toHaveLength(1)
    expect(lines.filter((line) => line.startsWith('*Approved'))).toEqual([])
  })

  it('nor anything in bold', () => {
    const drawn = approvalCard(
      action({ reason: '*Costs*\nnothing', requestedBy: { member: 'The owner', words: '*Approved*' } }),
      ctx,
      'detailed',
    )
    expect(wordsOf(drawn)).toContain('\u2060*\u2060Costs\u2060*\u2060')
    expect(JSON.stringify(drawn)).not.toContain('*Approved*')
    expect(wordsOf(drawn)).toContain('Prepared by Copywriter · says it was asked by The owner')
  })

  it('nor rings a stranger', () => {
    expect(wordsOf(approvalCard(evil, ctx))).toContain('· says it was asked by someone on the team')
  })
})
