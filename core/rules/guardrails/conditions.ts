import { z } from 'zod'
import { compileCondition, type Condition, MOST_CHARACTERS } from '../conditions/compile-condition.ts'
import { ActionFacts, unknownWords } from '../conditions/facts.ts'
import type { Size, Sizes } from '../conditions/worst-case.ts'
import { defineSection, quoted, reason, type Subject } from './guardrail.ts'

const ConditionSchema = z.strictObject({
  name: z.string().min(1).max(60),
  /** In CEL; true: it has something to say. */
  if: z
    .string()
    .min(1)
    .max(MOST_CHARACTERS)
    .superRefine((expression, context) => {
      const compiled = compileCondition(expression)
      if (!compiled.ok) context.addIssue({ code: 'custom', message: compiled.says })
    }),
  outcome: z.enum(['warn', 'ask', 'block']),
  /** What people read: what was found, the limit, and what would pass. */
  says: z.string().min(1).max(160),
})

type Own = z.infer<typeof ConditionSchema>

/** All conditions of a policy together may take that long on one action, even if everything about it is made to be slow. */
const MOST_NS = 500_000_000

/** A workspace's own conditions, in CEL. Denials: what any scope says holds. What cannot be checked asks a person. */
export const conditions = defineSection({
  denies: true,
  schema: z.array(ConditionSchema).max(100),
  guardrail(values) {
    const own = values.flat().map((one) => ({ ...one, condition: compiled(one) }))
    if (own.length === 0) return null
    const all = own.map(({ condition }) => condition)
    const fit = new Map<string, boolean>()
    return (subject, place) => {
      const facts = new ActionFacts(subject, place)
      const sizes = sizesOf(subject)
      let leftNs = allFit(all, sizes, fit) ? Infinity : MOST_NS
      return own.flatMap(({ name, condition, outcome, says }) => {
        const rule = `conditions.${name}`
        if (leftNs < Infinity) {
          const needsNs = condition.worstCaseNs(sizes)
          if (needsNs > leftNs) return reason(rule, 'ask', uncheckedText(name, 'its texts are too long for it'))
          leftNs -= needsNs
        }
        try {
          return condition.holds(facts) ? reason(rule, outcome, says) : []
        } catch {
          const unknown = condition.asks.find((fact) => facts[fact] === undefined)
          const why = unknown === undefined ? 'it has no result here' : `${unknownWords(unknown)} is not known`
          return reason(rule, 'ask', uncheckedText(name, why))
        }
      })
    }
  },
})

/** Whether all of them have the time on everything up to the next powers of two: looked up, not reckoned anew. */
function allFit(all: readonly Condition[], { texts, text, regions }: Sizes, known: Map<string, boolean>): boolean {
  const up = (value: number): number => 2 ** Math.ceil(Math.log2(Math.max(1, value)))
  const roundedUp = (size: Size): Size => ({ entries: up(size.entries), characters: up(size.characters) })
  const sizes: Sizes = { texts: roundedUp(texts), text: roundedUp(text), regions: roundedUp(regions) }
  const key = JSON.stringify(sizes)
  const found = known.get(key)
  if (found !== undefined) return found
  const fits = all.reduce((sum, condition) => sum + condition.worstCaseNs(sizes), 0) <= MOST_NS
  known.set(key, fits)
  return fits
}

const uncheckedText = (name: string, why: string): string =>
  `The rule ${quoted(name, 60)} could not be checked: ${why}. A person decides.`

function compiled({ if: expression }: Own): Condition {
  const result = compileCondition(expression)
  if (result.ok) return result.condition
  throw new Error(`A condition was taken that does not compile: ${result.says}`)
}

function sizesOf({ texts, regions }: Subject): Sizes {
  const characters = (of: readonly string[]): number => of.reduce((sum, one) => sum + one.length + 1, 0)
  const all = characters(texts)
  return {
    texts: { entries: texts.length, characters: all },
    text: { entries: 1, characters: all },
    regions: { entries: regions?.length ?? 0, characters: characters(regions ?? []) },
  }
}
