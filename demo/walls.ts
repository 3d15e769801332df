import type { PolicyDocument } from './owner-client.ts'

/**
 * What every story's policy has besides its money and its hours: without these walls nothing could be given more
 * autonomy, however good its work is.
 */
export const WALLS = {
  channels: { allow: ['crm', 'email'] },
  blocked_words: ['guaranteed results', 'pain-free', 'best dentist'],
  topics: [
    { name: 'politics', words: ['election', 'political party', 'politician'], outcome: 'ask' },
    { name: 'health advice', words: ['diagnosis', 'medical advice', 'prescription'], outcome: 'ask' },
  ],
} satisfies PolicyDocument
