import type { Level } from '../ceiling.ts'

const WORDS: Readonly<Record<Level, string>> = {
  1: 'observe',
  2: 'recommend',
  3: 'act and notify',
  4: 'act and report',
  5: 'full delegation',
}

/** `level 3 (act and notify)`. */
export const levelWords = (level: Level): string => `level ${level} (${WORDS[level]})`
