import { describe, expect, it, test } from 'vitest'
import { NOTICE_KINDS } from '../../../core/ports/promotions.ts'
import type { GrantView, NoticeView } from '../../../core/gate/promotion-views.ts'
import { noticeCard } from '../../../slack-app/views/notice-card.ts'
import { buttonsOf, wordsOf } from '../harness.ts'
import { ctx, NOW } from '../sample.ts'
import { grant, notice, noticeId, reclaimed } from '../trust-sample.ts'

test.each(NOTICE_KINDS)('%s says its title and every line', (kind) => {
  const card = noticeCard(notice(kind), null, ctx)
  expect(wordsOf(card)).toContain('CRM updates, small: something happened')
  expect(wordsOf(card)).toMatch(/:[a-z_]+: {2}It was so\.\nIt can be otherwise\./)
  expect(card.text).toBe('CRM updates, small: something happened It was so.')
})

const RENEW = ['grant_renew']
const LOOK = ['invitation_review', 'invitation_dismiss']
const BACK = ['level_reclaim']
describe('buttons', () => {
  test.each<[NoticeView['kind'], GrantView | null, readonly string[]]>([
    ['demotion', grant(), []],
    ['restored', grant(), []],
    ['lapsed', grant(), []],
    ['lapse_soon', grant(), RENEW],
    ['lapse_soon', grant({ level: 2 }), []],
    ['lapse_soon', null, []],
    ['invitation', null, LOOK],
    ['automatic_promotion', grant(), BACK],
    ['automatic_promotion', reclaimed(), []],
    ['automatic_promotion', null, []],
    ['exceptions_digest', grant({ level: 4 }), BACK],
    ['exceptions_digest', null, []],
  ])('%s', (kind, about, buttons) => {
    const card = noticeCard(notice(kind), about, ctx)
    expect(buttonsOf(card)).toEqual(buttons)
    expect(card.blocks.find(({ type }) => type === 'actions')?.block_id).toBe(
      buttons.length === 0 ? undefined : `${noticeId}:1`,
    )
  })

  test.each<[NoticeView['kind'], string, string]>([
    ['lapse_soon', 'renew', ':white_check_mark:  Renewed by *Owner*'],
    ['invitation', 'review', ':eyes:  Looked at by *Owner*'],
    ['invitation', 'dismiss', 'Not now, says *Owner*'],
    ['invitation', 'other', 'Answered by *Owner*'],
  ])('go once it was answered: %s, %s', (kind, answer, says) => {
    const card = noticeCard(notice(kind, { answer, by: 'Owner', answeredAt: NOW }), grant(), ctx)
    expect(wordsOf(card)).toContain(`${says}, <!date`)
    expect(buttonsOf(card)).toEqual([])
  })
})

it('says who took it back, and how to give it back', () => {
  const words = wordsOf(noticeCard(notice('automatic_promotion'), reclaimed(), ctx))
  expect(words).toMatch(/Taken back by \*Approver\*, <!date.*Give it back: `\/tenure hand-back crm_update`/)
})

it('does not say so of a notice that is about something else', () => {
  expect(wordsOf(noticeCard(notice('demotion'), reclaimed(), ctx))).not.toContain('Taken back')
})

it('names someone where the one who answered is gone', () => {
  const answered = notice('invitation', { answer: 'review', answeredAt: NOW })
  expect(wordsOf(noticeCard(answered, null, ctx))).toContain('Looked at by *someone on the team*')
})
