import { containsWord, fold } from './guardrails/blocked-words.ts'

/** Whether any of the texts mentions the topic: whole words, whatever their case, width, spacing or invisible characters. */
export function mentionsTopic(texts: readonly string[], topic: string): boolean {
  const words = fold(topic)
  return words !== '' && texts.some((text) => containsWord(fold(text), words))
}

/** Whether there is anything in it that a text could mention. */
export const isTopic = (topic: string): boolean => /[\p{L}\p{N}]/u.test(fold(topic))
