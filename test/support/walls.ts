import type { z } from 'zod'
import type { PolicySchema } from '../../core/rules/policy.ts'

/**
 * Every wall that a raise asks for where no money moves, around words that no test says: for tests in which something is
 * earned, whose own rules stand beside it.
 */
export const WALLS = {
  channels: { allow: ['crm', 'email'] },
  blocked_words: ['words that nobody says'],
  topics: [{ name: 'a topic that never comes up' }],
} as const satisfies z.input<typeof PolicySchema>
