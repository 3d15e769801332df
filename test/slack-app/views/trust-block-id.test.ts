import { expect, it, test } from 'vitest'
import { ShownSchema } from '../../../slack-app/views/block-id.ts'
import { ShownNoticeSchema, ShownPromotionSchema, trustBlockIdOf } from '../../../slack-app/views/trust-block-id.ts'
import { noticeId, promotionId } from '../trust-sample.ts'

test.each([
  ['prm_a1:3', 'prm_a1', null],
  ['ntc_a1:0', null, 'ntc_a1'],
  ['act_a1:3', null, null],
  ['prm_a1', null, null],
  ['prm_A1:3', null, null],
  ['prm_a1:3:extra', null, null],
  ['prm_a1:-:3', null, null],
  ['xprm_a1:3', null, null],
  ['', null, null],
])('%j', (text, asPromotion, asNotice) => {
  const promotion = ShownPromotionSchema.safeParse(text)
  const notice = ShownNoticeSchema.safeParse(text)
  expect(promotion.success ? promotion.data.subject : null).toBe(asPromotion)
  expect(notice.success ? notice.data.subject : null).toBe(asNotice)
  expect(ShownSchema.safeParse(text).success).toBe(false)
})

it('reads what it writes', () => {
  expect(ShownPromotionSchema.parse(trustBlockIdOf({ id: promotionId, version: 7 }))).toEqual({
    subject: promotionId,
    version: 7,
  })
  expect(ShownNoticeSchema.parse(trustBlockIdOf({ id: noticeId, version: 1 }))).toEqual({
    subject: noticeId,
    version: 1,
  })
})

test.each(['act_a1:0123456789abcdef:3', 'pln_a1:-:0:failure'])('does not read the card of an action: %s', (text) => {
  expect(ShownPromotionSchema.safeParse(text).success).toBe(false)
  expect(ShownNoticeSchema.safeParse(text).success).toBe(false)
})
