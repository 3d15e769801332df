import { z } from 'zod'
import { readingOf } from '../text/reading.ts'
import { defineSection, quoted, reason, type Subject } from './guardrail.ts'

/** More than that in one piece is not given to a model, and nothing is cut off: what is not read could say anything. */
export const MOST_JUDGED = 60_000

/**
 * What the judge reads of it: what is shown and what only hides, without markup. Preparing work is judged when it is
 * finished and would go out; empty: there is nothing to judge.
 */
export function toJudge({ texts, preparing }: Pick<Subject, 'texts' | 'preparing'>): readonly string[] {
  if (preparing) return []
  return readingOf(texts)
    .parts.flatMap(({ faces }) => faces)
    .filter((face) => /\S/.test(face))
}

/** Whether it is too long to be judged. */
export const isTooLongToJudge = (parts: readonly string[]): boolean => lengthOf(parts) > MOST_JUDGED

/**
 * A model that reads the text beside the other rules and says whether it fits the brand voice. It only ever adds a
 * question or a block; where it could not be asked, a person decides.
 */
export const judge = defineSection({
  schema: z.strictObject({
    /** The brand voice in words, as one would tell a new colleague. */
    brand: z.string().trim().min(1).max(4_000),
    /** What follows when the text does not fit. */
    outcome: z.enum(['ask', 'block']).default('ask'),
    /** The longest that one look may take. */
    timeout_ms: z.int().min(100).max(10_000).default(5_000),
  }),
  looks: ([{ brand, timeout_ms }]) => [{ look: 'judge', brand, timeoutMs: timeout_ms }],
  guardrail: ([{ brand, outcome }]) => {
    return (subject, { locale }, observed) => {
      const parts = toJudge(subject)
      if (parts.length === 0) return null
      if (observed.judge?.isSetUp === false) return reason('judge.not_set_up', 'ask', NOT_SET_UP)
      if (isTooLongToJudge(parts)) return reason('judge.too_long', 'ask', tooLong(lengthOf(parts), locale))
      const judgement = observed.judge?.byBrand.get(brand)
      if (judgement === undefined) return reason('judge.no_answer', 'ask', NO_ANSWER)
      return judgement.fits ? null : reason('judge.brand', outcome, doesNotFit(judgement.says))
    }
  },
})

const NOT_SET_UP = 'The brand check could not run: no model is set up for it here. So a person decides.'
const NO_ANSWER = 'The brand check could not run: this text has no answer of the model. So a person decides.'
const MOST_SAID = 70

function doesNotFit(says: string): string {
  const sentence = says.replace(/[\s.!?]+$/u, '')
  const why = sentence === '' ? '' : `: ${quoted(sentence, MOST_SAID)}`
  return `It does not fit your brand voice${why}. A text that fits would pass.`
}

function tooLong(length: number, locale: string): string {
  const format = new Intl.NumberFormat(locale)
  return `The brand check could not run on ${format.format(length)} characters, so a person decides; up to ${format.format(MOST_JUDGED)} it would.`
}

const lengthOf = (parts: readonly string[]): number => parts.reduce((sum, part) => sum + part.length, 0)
