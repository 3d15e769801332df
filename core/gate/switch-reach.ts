import { covers, type SwitchSubject, type SwitchTarget } from '../domain/switches.ts'
import type { PayloadRow, ReviewRow, Snapshot, StoredAction, SwitchRow } from '../ports/rows.ts'
import { shortened } from '../rules/guardrails/guardrail.ts'
import { mentionsTopic } from '../rules/topic-freeze.ts'
import { textsOf } from './texts-of.ts'

type Said = Pick<PayloadRow, 'input' | 'facts'>

/** Everything that it says: in its input, and in what it binds on the platform. */
const textsSaid = ({ input, facts }: Said): readonly string[] => [
  ...textsOf(input),
  ...(facts ? [...facts.texts, ...facts.bound.map(({ text }) => text)] : []),
]

/** The freeze of a topic that it mentions; null: none is on. */
export function frozenTopic({ switches }: Pick<Snapshot, 'switches'>, said: Said): SwitchRow | null {
  const topics = switches.filter(({ target }) => target.kind === 'topic')
  if (topics.length === 0) return null
  const texts = textsSaid(said)
  return topics.find(({ target }) => 'value' in target && mentionsTopic(texts, target.value)) ?? null
}

/** Whether a stop is about that action: it freezes it in place, or is of a topic that it mentions. */
export const isAbout = (target: SwitchTarget, { action, payload }: Pick<StoredAction, 'action' | 'payload'>): boolean =>
  reaches(target, action, textsSaid(payload))

const reaches = (target: SwitchTarget, subject: SwitchSubject, texts: readonly string[]): boolean =>
  target.kind === 'topic' ? mentionsTopic(texts, target.value) : covers(target, subject)

/** What was resumed under review and is it still; null: nothing that is about this. */
export function underReview(
  { reviews }: Pick<Snapshot, 'reviews'>,
  subject: SwitchSubject,
  texts: readonly string[],
  now: Date,
): ReviewRow | null {
  return reviews.find(({ target, until }) => until > now && reaches(target, subject, texts)) ?? null
}

/** Why what had been let through comes back while a topic is frozen. */
export const topicNote = ({ target, byName, reason }: SwitchRow): string => {
  const topic = 'value' in target ? target.value : ''
  const why = reason === null ? '' : `: ${reason}`
  const says = `${byName} froze everything about “${topic}”${why}`
  // At a word: half an address would not be found when its person is forgotten.
  return `${shortened(says, 110)}. It waits until that is lifted.`
}
