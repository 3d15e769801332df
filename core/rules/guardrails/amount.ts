import { z } from 'zod'
import { costWords } from '../daily-words.ts'
import { defineSection, moneyWords, reason } from './guardrail.ts'

/** Minor units (cents) of the workspace's currency. */
export const Minor = z.int().min(0)

/** The amount of one action: beyond `ask_above` a person decides, beyond `cap` only an owner's new cap lets it pass. */
export const amount = defineSection({
  denies: true,
  schema: z.strictObject({ ask_above: Minor.optional(), cap: Minor.optional() }),
  guardrail(values) {
    const cap = smallest(values.map((value) => value.cap))
    const [{ ask_above }] = values
    return (subject, place) => {
      const { currency, locale } = place
      const words = (minor: number): string => moneyWords({ minor, currency }, locale)
      if (cap !== undefined && subject.amountMinor > cap) {
        const text = `${costWords(subject, place)}; one action may cost ${words(cap)} at most. An owner can raise that cap.`
        return reason('amount.cap', 'block', text)
      }
      if (ask_above !== undefined && subject.amountMinor > ask_above) {
        const text = `${costWords(subject, place)}; above ${words(ask_above)} a person decides.`
        return reason('amount.ask_above', 'ask', text)
      }
      return null
    }
  },
})

/** A cap is a denial: of several the smallest holds. */
function smallest(caps: readonly (number | undefined)[]): number | undefined {
  const set = caps.filter((cap) => cap !== undefined)
  return set.length === 0 ? undefined : Math.min(...set)
}
