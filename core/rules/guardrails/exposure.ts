import { z } from 'zod'
import type { Reason } from '../../domain/verdict.ts'
import { numberWords, percentWords } from '../in-words.ts'
import { defineSection, reason, type Subject } from './guardrail.ts'

const bothOrOne = <N extends z.ZodType<number>>(limit: N) =>
  z
    .strictObject({ ask_above: limit.optional(), cap: limit.optional() })
    .refine(({ ask_above, cap }) => ask_above !== undefined || cap !== undefined, 'needs ask_above, cap or both')

/**
 * How many people one action may reach, and what share (0 to 1) of the list that they are drawn from: beyond
 * `ask_above` a person decides, nothing passes `cap`. A list of unknown size fails closed.
 */
export const exposure = defineSection({
  denies: true,
  schema: z.strictObject({
    people: bothOrOne(z.int().min(0)).optional(),
    list_share: bothOrOne(z.number().min(0).max(1)).optional(),
  }),
  guardrail(values) {
    const people = strictest(values.map((value) => value.people))
    const share = strictest(values.map((value) => value.list_share))
    if (people === null && share === null) return null
    return (subject, { locale }) => {
      if (subject.people <= 0 || subject.preparing) return null
      return [
        ...(people === null ? [] : peopleReason(subject.people, people, locale)),
        ...(share === null ? [] : shareReason(subject, share, locale)),
      ]
    }
  },
})

type Limits = { readonly askAbove: number; readonly cap: number }

/** A cap is a denial, of which the smallest holds; of the other limit the most specific does. */
function strictest(
  values: readonly ({ readonly ask_above?: number | undefined; readonly cap?: number | undefined } | undefined)[],
): Limits | null {
  const said = values.filter((value) => value !== undefined)
  if (said.length === 0) return null
  const askAbove = said.find((value) => value.ask_above !== undefined)?.ask_above ?? Infinity
  return { askAbove, cap: Math.min(...said.map((value) => value.cap ?? Infinity)) }
}

function peopleReason(people: number, { askAbove, cap }: Limits, locale: string): readonly Reason[] {
  const words = (value: number): string => numberWords(value, locale)
  if (people > cap) {
    const text = `It reaches ${words(people)} people; one action may reach ${words(cap)} at most. To fewer it would pass.`
    return [reason('exposure.people.cap', 'block', text)]
  }
  if (people <= askAbove) return []
  const text = `It reaches ${words(people)} people; above ${words(askAbove)} a person decides. Up to that it would pass.`
  return [reason('exposure.people.ask_above', 'ask', text)]
}

function shareReason({ people, listSize }: Subject, { askAbove, cap }: Limits, locale: string): readonly Reason[] {
  if (listSize === null || listSize <= 0) {
    const limit = percentWords(Math.min(askAbove, cap), 1).share
    const text = `How large the list is could not be found out, so a person decides. Known to be up to ${limit} of it, it would pass.`
    return [reason('exposure.list_share.unknown', 'ask', text)]
  }
  const share = people / listSize
  const limit = share > cap ? cap : askAbove
  if (share <= limit) return []
  const words = percentWords(share, limit)
  const observed = `It reaches ${words.share} of the list (${numberWords(people, locale)} of ${numberWords(listSize, locale)})`
  return share > cap
    ? [
        reason(
          'exposure.list_share.cap',
          'block',
          `${observed}; at most ${words.limit} may be reached. Up to that it would pass.`,
        ),
      ]
    : [
        reason(
          'exposure.list_share.ask_above',
          'ask',
          `${observed}; above ${words.limit} a person decides. Up to that it would pass.`,
        ),
      ]
}
