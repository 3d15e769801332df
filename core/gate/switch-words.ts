import { CATEGORIES, CHANNELS, categoryWords, channelWords } from '../domain/category.ts'
import { platformWords } from '../domain/platform-words.ts'
import type { SwitchTarget } from '../domain/switches.ts'
import { unreachable } from '../domain/result.ts'

/** What a stop covers, in words. */
export function switchWords(target: SwitchTarget): string {
  switch (target.kind) {
    case 'all':
      return 'the whole installation'
    case 'workspace':
      return 'everything'
    case 'agent':
      return 'this agent'
    case 'platform':
      return platformWords(target.value)
    case 'kind':
      return target.value
    case 'topic':
      return `everything about “${target.value}”`
    case 'channel': {
      const known = CHANNELS.find((channel) => channel === target.value)
      return `everything over ${known ? channelWords(known) : target.value}`
    }
    case 'category': {
      const known = CATEGORIES.find((category) => category === target.value)
      return known ? categoryWords(known) : target.value
    }
    default:
      return unreachable(target)
  }
}
