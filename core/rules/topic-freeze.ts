import { mentionsTopic as findTopic, type Topic } from './text/mentions-topic.ts'

const MOST_KEPT = 1_000
/** A topic is compiled once for as long as it is the same object. */
const kept = new Map<string, Topic>()

/** Whether any of the texts mentions what is frozen: in any form of its words, however they are disguised. */
export const mentionsTopic = (texts: readonly string[], topic: string): boolean =>
  findTopic(texts, topicOf(topic)) !== null

function topicOf(words: string): Topic {
  const known = kept.get(words)
  if (known) return known
  if (kept.size >= MOST_KEPT) kept.clear()
  const topic = { words: [words] }
  kept.set(words, topic)
  return topic
}

/** Whether there is anything in it that a text could mention. */
export const isTopic = (topic: string): boolean => /[\p{L}\p{N}]/u.test(topic)
