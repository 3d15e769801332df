import { describe, expect, it, test } from 'vitest'
import { PolicySchema } from '../../core/rules/policy.ts'
import { asksOfRecipients, recipientLimits } from '../../core/rules/recipient-limits.ts'

describe('what a policy asks of recipients', () => {
  test.each([
    ['nothing', {}, { consent: 'not_suppressed', most: null }, false],
    ['consent', { recipients: { consent: 'required' } }, { consent: 'required', most: null }, true],
    [
      'two a week',
      { recipients: { most: { messages: 2, days: 7 } } },
      { consent: 'not_suppressed', most: { messages: 2, days: 7 } },
      true,
    ],
  ])('%s', (_name, document, expected, asks) => {
    const limits = recipientLimits([PolicySchema.parse(document).recipients ?? []].flat())
    expect(limits).toEqual(expected)
    expect(asksOfRecipients(limits)).toBe(asks)
  })

  test.each([[{ messages: 0, days: 7 }], [{ messages: 1, days: 0 }], [{ messages: 1.5, days: 7 }], [{ messages: 1 }]])(
    '%j is no limit',
    (most) => {
      expect(PolicySchema.safeParse({ recipients: { most } }).success).toBe(false)
    },
  )
})

it('takes the most specific number, and consent where any scope requires it', () => {
  const most = { messages: 5, days: 7 }
  const limits = recipientLimits([
    { consent: 'not_suppressed' },
    { most },
    { consent: 'required', most: { messages: 1, days: 1 } },
  ])
  expect(limits).toEqual({ consent: 'required', most })
})
