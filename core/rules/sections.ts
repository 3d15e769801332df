import { allowedChannels } from './guardrails/allowed-channels.ts'
import { allowedKinds } from './guardrails/allowed-kinds.ts'
import { amount } from './guardrails/amount.ts'
import { blockedWords } from './guardrails/blocked-words.ts'
import { conditions } from './guardrails/conditions.ts'
import { quietHours } from './guardrails/quiet-hours.ts'

/** Every section of a policy that is a rule, in the order in which their reasons are told. A new rule: its file and a line here. */
export const SECTIONS = {
  kinds: allowedKinds,
  channels: allowedChannels,
  blocked_words: blockedWords,
  amount,
  quiet_hours: quietHours,
  conditions,
} as const

export type SectionName = keyof typeof SECTIONS
