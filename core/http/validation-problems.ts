import type { InputProblem } from '../ports/kind.ts'
import type { ValidationIssue } from './request-values.ts'

/** What was wrong with a request, one entry a field, each named by its path. At most 20. */
export function validationProblems(issues: readonly ValidationIssue[]): readonly InputProblem[] {
  return issues.flatMap((issue) => ofIssue(issue, [])).slice(0, 20)
}

function ofIssue(issue: ValidationIssue, above: readonly PropertyKey[]): readonly InputProblem[] {
  const path = [...above, ...issue.path]
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: named([...path, key]), says: 'is not a field of this request.' }))
  }
  if (issue.code === 'invalid_union') {
    // The variant that came closest is the one that was meant.
    const closest = [...issue.errors].sort((a, b) => a.length - b.length)[0]
    if (closest !== undefined && closest.length > 0) return closest.flatMap((inner) => ofIssue(inner, path))
  }
  return [{ path: named(path), says: sentence(issue.message) }]
}

const named = (path: readonly PropertyKey[]): string => path.map(String).join('.')

function sentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`
}
