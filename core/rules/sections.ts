import { alwaysAPersonSection } from './guardrails/always-a-person.ts'
import { allowedChannels } from './guardrails/allowed-channels.ts'
import { allowedKinds } from './guardrails/allowed-kinds.ts'
import { amount } from './guardrails/amount.ts'
import { blockedWords } from './guardrails/blocked-words.ts'
import { conditions } from './guardrails/conditions.ts'
import { confidence } from './guardrails/confidence.ts'
import { duplicates } from './guardrails/duplicates.ts'
import { exposure } from './guardrails/exposure.ts'
import { missedBenchmarks } from './guardrails/missed-benchmarks.ts'
import { newAudience } from './guardrails/new-audience.ts'
import { quietHours } from './guardrails/quiet-hours.ts'
import { rates } from './guardrails/rates.ts'
import { regions } from './guardrails/regions.ts'
import { segments } from './guardrails/segments.ts'
import { sendWindows } from './guardrails/send-windows.ts'
import { claims } from './guardrails/claims.ts'
import { judge } from './guardrails/judge.ts'
import { languages } from './guardrails/languages.ts'
import { linkDomains } from './guardrails/link-domains.ts'
import { patterns } from './guardrails/patterns.ts'
import { personalData } from './guardrails/personal-data.ts'
import { profanity } from './guardrails/profanity.ts'
import { readingLevel } from './guardrails/reading-level.ts'
import { tone } from './guardrails/tone.ts'
import { topics } from './guardrails/topics.ts'
import { wording } from './guardrails/wording.ts'

/** Every section of a policy that is a rule, in the order in which their reasons are told. A new rule: its file and a line here. */
export const SECTIONS = {
  kinds: allowedKinds,
  channels: allowedChannels,
  blocked_words: blockedWords,
  always_a_person: alwaysAPersonSection,
  personal_data: personalData,
  topics,
  claims,
  wording,
  patterns,
  profanity,
  link_domains: linkDomains,
  languages,
  reading_level: readingLevel,
  tone,
  judge,
  amount,
  exposure,
  regions,
  segments,
  quiet_hours: quietHours,
  send_windows: sendWindows,
  rates,
  duplicates,
  missed_benchmarks: missedBenchmarks,
  new_audience: newAudience,
  confidence,
  conditions,
} as const

export type SectionName = keyof typeof SECTIONS
