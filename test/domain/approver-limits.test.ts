import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type ApproverLimits,
  limitPassed,
  narrowest,
  widerThan,
  withoutAmount,
} from '../../core/domain/approver-limits.ts'
import { itArb, limitsArb } from '../support/approver-limits.ts'

const it = { category: 'email_campaign', channel: 'email', amountMinor: 30_000 } as const

test.each<[string, ApproverLimits | null, ReturnType<typeof limitPassed>]>([
  ['no limits', null, null],
  ['limits that name nothing', {}, null],
  ['its category', { categories: ['crm_update', 'email_campaign'] }, null],
  ['another category', { categories: ['crm_update'] }, 'category'],
  ['no category at all', { categories: [] }, 'category'],
  ['its channel', { channels: ['email'] }, null],
  ['another channel', { channels: ['social'] }, 'channel'],
  ['exactly as much', { amountMinor: 30_000 }, null],
  ['a cent less', { amountMinor: 29_999 }, 'amount'],
  ['nothing that costs', { amountMinor: 0 }, 'amount'],
  ['several that pass', { categories: ['email_campaign'], channels: ['email'], amountMinor: 30_001 }, null],
  ['the category before the rest', { categories: ['crm_update'], channels: ['crm'], amountMinor: 0 }, 'category'],
  ['the channel before the amount', { channels: ['crm'], amountMinor: 0 }, 'channel'],
])('%s', (_name, limits, passed) => {
  expect(limitPassed(limits, it)).toBe(passed)
})

test('taking back is not limited by the amount', () => {
  expect(limitPassed(withoutAmount({ amountMinor: 0 }), it)).toBeNull()
  expect(limitPassed(withoutAmount({ channels: ['crm'], amountMinor: 0 }), it)).toBe('channel')
  expect(withoutAmount(null)).toBeNull()
})

test.each<[string, ApproverLimits | null, ApproverLimits | null, ReturnType<typeof limitPassed>]>([
  ['everything is within no limits', null, null, null],
  ['some is within no limits', { amountMinor: 5 }, null, null],
  ['no limits within limits that name nothing', null, {}, null],
  ['fewer categories', { categories: ['audience'] }, { categories: ['audience', 'booking'] }, null],
  ['another category', { categories: ['audience', 'seo_fix'] }, { categories: ['audience'] }, 'category'],
  ['every category', { amountMinor: 1 }, { categories: ['audience'] }, 'category'],
  ['another channel', { channels: ['ads'] }, { channels: ['crm'] }, 'channel'],
  ['every channel', null, { channels: ['crm'] }, 'channel'],
  ['as much', { amountMinor: 5 }, { amountMinor: 5 }, null],
  ['more', { amountMinor: 6 }, { amountMinor: 5 }, 'amount'],
  ['any amount', null, { amountMinor: 5 }, 'amount'],
])('%s', (_name, limits, bound, wider) => {
  expect(widerThan(limits, bound)).toBe(wider)
})

test('the narrowest of some passes just what each of them passes, and is wider than none', () => {
  fc.assert(
    fc.property(fc.array(limitsArb, { maxLength: 4 }), itArb, (all, one) => {
      const least = narrowest(all)
      expect(limitPassed(least, one) === null).toBe(all.every((limits) => limitPassed(limits, one) === null))
      for (const limits of all) expect(widerThan(least, limits)).toBeNull()
    }),
  )
})

test('limits that are not wider pass nothing that the others stop', () => {
  fc.assert(
    fc.property(limitsArb, limitsArb, itArb, (limits, bound, one) => {
      fc.pre(widerThan(limits, bound) === null && limitPassed(limits, one) === null)
      expect(limitPassed(bound, one)).toBeNull()
    }),
  )
})
