import type { ActionId } from '../domain/ids.ts'
import type { Rejection } from '../ports/look-ups.ts'
import type { Digests } from './evaluate-action.ts'
import type { Records } from './observe.ts'

const MS_PER_DAY = 86_400_000
const REJECTIONS_KEPT_DAYS = 30

export type ReplayedRecords = Records & {
  /** Turns the clock of the look-ups. */
  at(now: Date): void
  keepRejected(digests: Digests, rejection: Rejection): void
  /** Kept only where some rule has asked for the same text before. */
  keepWent(digests: Digests, at: Date): void
  forget(): void
}

/**
 * The look-ups of a replay: what the replay itself has seen so far, and of the rest what stands in no rule's way (a
 * known audience, no missed benchmark). Kept for as long as some rule looks back.
 */
export function createReplayedRecords(): ReplayedRecords {
  const rejected = new Map<string, Rejection>()
  const went = new Map<string, number>()
  let now = new Date(0)
  let textDays = 0
  const since = (days: number): number => now.getTime() - days * MS_PER_DAY
  const rejectionOf = (digests: readonly string[], days: number): Rejection | null => {
    const found = digests.map((digest) => rejected.get(digest)).filter((one) => one !== undefined)
    return (
      found
        .filter(({ at }) => at.getTime() > since(days) && at <= now)
        .toSorted((a, b) => b.at.getTime() - a.at.getTime())[0] ?? null
    )
  }
  const textKey = (text: string, audience: string): string => `${text.slice(0, 24)}${audience.slice(0, 24)}`
  const writesNothing = (): Promise<never> => Promise.reject(new Error('A replay writes nothing'))
  return {
    lookUps: {
      hasNoRejection: async (digests, days) => rejectionOf(digests, days) === null,
      rejectionOf: async (digests, days) => rejectionOf(digests, days),
      keepRejection: writesNothing,
      forgetReasonsWith: writesNothing,
      forgetRejection: (_id: ActionId) => writesNothing(),
      async sentBefore(text, audience, days) {
        textDays = Math.max(textDays, days)
        const at = went.get(textKey(text, audience))
        return at === undefined || at <= since(days) ? null : { at: new Date(at) }
      },
      reachedBefore: async () => ({ known: true, channelKnown: true }),
      keepSent: writesNothing,
      // Nobody is asked about the past: a text counts as fitting.
      judgementOf: async () => ({ fits: true, says: '' }),
      keepJudgement: writesNothing,
    },
    outcomes: {
      record: writesNothing,
      of: async () => [],
      ofScope: async () => ({ measured: [], waited: [] }),
    },
    at(next) {
      now = next
    },
    keepRejected({ payloads }, rejection) {
      const [anyTime] = payloads
      if (anyTime !== undefined) rejected.set(anyTime, rejection)
    },
    keepWent({ text, audience }, at) {
      if (textDays > 0) went.set(textKey(text, audience), at.getTime())
    },
    forget() {
      for (const [digest, { at }] of rejected) if (at.getTime() <= since(REJECTIONS_KEPT_DAYS)) rejected.delete(digest)
      for (const [key, at] of went) if (at <= since(textDays)) went.delete(key)
    },
  }
}
