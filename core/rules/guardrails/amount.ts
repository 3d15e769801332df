import { type MakeGuardrail, moneyWords, reason } from './guardrail.ts'

/** The amount of one action: beyond `ask_above` a person decides, beyond `cap` only an owner's new cap lets it pass. */
export const amountGuardrail: MakeGuardrail = ({ amount }) => {
  if (!amount) return null
  return (subject, { locale, currency }) => {
    const words = (minor: number): string => moneyWords({ minor, currency }, locale)
    if (amount.cap !== undefined && subject.amountMinor > amount.cap) {
      const text = `It costs ${words(subject.amountMinor)}; one action may cost ${words(amount.cap)} at most. An owner can raise that cap.`
      return reason('amount.cap', 'block', text)
    }
    if (amount.ask_above !== undefined && subject.amountMinor > amount.ask_above) {
      const text = `It costs ${words(subject.amountMinor)}; above ${words(amount.ask_above)} a person decides.`
      return reason('amount.ask_above', 'ask', text)
    }
    return null
  }
}
