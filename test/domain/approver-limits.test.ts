import { expect, test } from 'vitest'
import { type ApproverLimits, limitPassed, withoutAmount } from '../../core/domain/approver-limits.ts'

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
