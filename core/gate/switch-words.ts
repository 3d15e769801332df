import { CATEGORIES, CHANNELS, categoryWords, channelWords } from '../domain/category.ts'
import type { SwitchTarget } from '../domain/switches.ts'
import { unreachable } from '../domain/result.ts'

const PLATFORMS: Readonly<Record<string, string>> = { hubspot: 'HubSpot', mailchimp: 'Mailchimp', slack: 'Slack' }

/** A platform as people write it. */
export const platformWords = (platform: string): string => PLATFORMS[platform] ?? platform

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
