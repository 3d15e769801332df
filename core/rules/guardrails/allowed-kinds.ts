import { type MakeGuardrail, quoted, reason } from './guardrail.ts'

/** Which kinds of action may be proposed at all. A denial wins over any permission. */
export const allowedKindsGuardrail: MakeGuardrail = ({ kinds }) => {
  if (!kinds) return null
  return (subject) => {
    const title = quoted(subject.kindTitle)
    if (kinds.deny?.some((pattern) => matches(pattern, subject.kindId))) {
      return reason(
        'kinds.deny',
        'block',
        `${title} is not allowed here. An admin can take it off the list of forbidden actions.`,
      )
    }
    if (kinds.allow && !kinds.allow.some((pattern) => matches(pattern, subject.kindId))) {
      return reason('kinds.allow', 'block', `${title} is not among the allowed actions. An admin can add it.`)
    }
    return null
  }
}

function matches(pattern: string, kindId: string): boolean {
  return pattern.endsWith('*') ? kindId.startsWith(pattern.slice(0, -1)) : pattern === kindId
}
