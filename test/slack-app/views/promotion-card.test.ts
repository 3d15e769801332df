import { describe, expect, it, test } from 'vitest'
import type { PromotionView } from '../../../core/gate/promotion-views.ts'
import { promotionCard } from '../../../slack-app/views/promotion-card.ts'
import { buttonsOf, wordsOf } from '../harness.ts'
import { ctx, later } from '../sample.ts'
import { gate, promotion, promotionId } from '../trust-sample.ts'

/** Times as a reader sees them. */
const seen = (view: PromotionView): string =>
  wordsOf(promotionCard(view, ctx)).replace(/<!date\^\d+\^[^|]*\|([^>]*)>/g, '$1')
const withDossier = (more: Partial<PromotionView['dossier']>) =>
  promotion({ dossier: { ...promotion().dossier, ...more } })

describe('an open proposal', () => {
  it('says what would change, what it rests on and until when', () => {
    expect(seen(promotion())).toMatchInlineSnapshot(`
      "CRM updates, small: let Copywriter act and tell you?
      _Nothing changes until you grant it. It can be taken back at any time._
      Copywriter may then act and tell you, with a day to undo, for hubspot.contact.update in CRM updates, small.
      *What people did with its work*
      47 of 50 let through as they were, 2 changed, 1 rejected or taken back.
      *Had it run alone*
      All 50 would have gone out: 47 the same, 2 without your changes, 1 that you did not want.
      *The worst of it*
      •  Mon 23 Nov: a contact moves to “customer”  ·  rejected (major)
      •  Sun 15 Nov: a note for “Autumn”  ·  40 % of it was changed
      *Would do by itself*
      40 actions in 30 days
      *Would reach by itself*
      1,240 people in 30 days, 90 at most at once
      *Would spend by itself*
      €30.50 in 30 days, €4.00 at most at once
      *What is asked for*
      All 2 conditions that can be checked hold. Not applicable yet: results against a control group, asking seldom enough.
      Granted now, it runs until Fri 1 Jan, 01:00; unless it is renewed, it falls by one level then.  ·  Admins and owners can grant it
      Grant
      Not yet
      All numbers"
    `)
  })

  it('offers grant, not yet and all numbers, on what was shown', () => {
    const block = promotionCard(promotion({ version: 4 }), ctx).blocks.at(-1)
    expect(buttonsOf({ blocks: [block] })).toEqual(['promotion_grant', 'promotion_decline', 'promotion_dossier'])
    expect(block?.block_id).toBe(`${promotionId}:4`)
    expect(JSON.stringify(block)).toMatch(/"promotion_grant"[^}]*\}[^}]*"style":"primary"/)
  })

  test.each<[string, PromotionView, string]>([
    ['full delegation', promotion({ to: 5 }), 'An owner can grant it'],
    ['nothing wrong', withDossier({ worst: [] }), 'Nothing was wrong with any of it.'],
    [
      'nothing that was not wanted',
      withDossier({ alone: { decisions: 1_050, same: 1_050, unchanged: 0, wrong: 0, unjudged: 0 } }),
      'All 1,050 would have gone out: 1,050 the same, none that you did not want.',
    ],
    [
      'some that nobody looked at',
      withDossier({ alone: { decisions: 50, same: 40, unchanged: 2, wrong: 1, unjudged: 7 } }),
      '40 of 50 let through as they were, 2 changed, 1 rejected or taken back, 7 that nobody really looked at.',
    ],
    [
      'no decisions',
      withDossier({ alone: { decisions: 0, same: 0, unchanged: 0, wrong: 0, unjudged: 0 } }),
      'Nobody has decided about any of it yet.',
    ],
    [
      'nobody reached, nothing spent',
      withDossier({ exposure: { actions: 1, people: 0, amountMinor: 0, mostPeople: 0, mostMinor: 0 } }),
      '*Would do by itself*\n1 action in 30 days\n*Would reach by itself*\nnobody\n*Would spend by itself*\nnothing',
    ],
    [
      'a condition that is missing',
      withDossier({ gates: [gate('score', 'missing', 'x'), gate('walls', 'held', 'y')] }),
      '1 of 2 conditions hold. Missing: the score.',
    ],
  ])('with %s', (_name, view, says) => {
    expect(seen(view)).toContain(says)
  })

  it('shows no more than the worst three, and never an id', () => {
    const [one] = promotion().dossier.worst
    if (one === undefined) throw new Error('the sample has a worst one')
    const words = seen(withDossier({ worst: [one, one, one, { ...one, title: 'a fourth' }] }))
    expect(words).not.toContain('a fourth')
    expect(words).not.toMatch(/act_|agt_|prm_/)
  })

  it('takes the meaning out of what an agent is called or wrote', () => {
    const card = JSON.stringify(
      promotionCard(
        {
          ...withDossier({
            worst: [{ actionId: 'act_x', title: '<!channel>', at: later(0).toISOString(), says: '*ok*' }],
          }),
          title: '<!here> may',
          says: '<@U0OWNER>',
        },
        ctx,
      ).blocks.slice(1),
    )
    expect(card).not.toMatch(/<!channel|<!here|<@U0OWNER|·  \*ok\*/)
  })
})

describe('an answered proposal keeps only who and when', () => {
  const title = 'CRM updates, small: let Copywriter act and tell you.'
  test.each<[Partial<PromotionView>, readonly string[]]>([
    [
      { state: 'granted', by: 'Owner', endedAt: later(5) },
      [
        `Granted: ${title}`,
        ':white_check_mark:  Granted by *Owner*, Tue 24 Nov, 14:10',
        `${promotion().says} It runs until Fri 1 Jan, 01:00.`,
      ],
    ],
    [
      { state: 'declined', by: 'Admin', endedAt: later(5), reason: 'After the season' },
      [
        `Not yet: ${title}`,
        ':no_entry_sign:  Not yet, decided by *Admin*, Tue 24 Nov, 14:10. Nothing changes.',
        '> After the season',
      ],
    ],
    [
      { state: 'withdrawn', endedAt: later(5) },
      [
        `Withdrawn: ${title}`,
        ':leftwards_arrow_with_hook:  Withdrawn, Tue 24 Nov, 14:10: what it rested on holds no longer. Nothing changes.',
      ],
    ],
  ])('%j', (more, lines) => {
    const view = promotion({ version: 2, ...more })
    expect(buttonsOf(promotionCard(view, ctx))).toEqual(['promotion_dossier'])
    expect(seen(view).split('\n')).toEqual([...lines, 'All numbers'])
  })
})
