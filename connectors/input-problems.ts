import type { z } from 'zod'
import type { InputProblem } from '../core/ports/kind.ts'

type Issue = z.core.$ZodIssue

/** What is wrong with an input, a sentence per place, in words that a person (or a model) can act on. */
export function problemsOf(error: z.ZodError, input: unknown): readonly InputProblem[] {
  return error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          path: [...issue.path, key].map(String).join('.'),
          says: 'is not a field of this action',
        }))
      : [{ path: issue.path.map(String).join('.'), says: says(issue, input) }],
  )
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}

const FORMATS: Readonly<Record<string, string>> = {
  email: 'must be an e-mail address',
  datetime: 'must be a date and time with its zone, such as 2026-03-02T09:15:00Z',
}

function says(issue: Issue, input: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return isAbsent(issue.path, input) ? 'is required' : `must be ${TYPES[issue.expected] ?? issue.expected}`
    case 'invalid_format':
      return FORMATS[issue.format] ?? issue.message
    case 'invalid_value':
      return isAbsent(issue.path, input) ? 'is required' : `must be one of ${issue.values.map(String).join(', ')}`
    case 'too_small':
      return tooSmall(issue.origin, Number(issue.minimum))
    case 'too_big':
      return tooBig(issue.origin, Number(issue.maximum))
    case 'invalid_key':
      return issue.issues[0]?.message ?? issue.message
    case 'custom':
    case 'invalid_element':
    case 'invalid_union':
    case 'not_multiple_of':
    case 'unrecognized_keys':
      return issue.message
  }
}

function tooSmall(origin: string, minimum: number): string {
  if (origin === 'string') return minimum === 1 ? 'must not be empty' : `must have at least ${minimum} characters`
  if (origin === 'array') return minimum === 1 ? 'must not be empty' : `must have at least ${minimum} entries`
  return `must be at least ${minimum}`
}

function tooBig(origin: string, maximum: number): string {
  if (origin === 'string') return `must have at most ${maximum} characters`
  if (origin === 'array') return `must have at most ${maximum} entries`
  return `must be at most ${maximum}`
}

function isAbsent(path: readonly PropertyKey[], input: unknown): boolean {
  let at: unknown = input
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return true
    at = Object.getOwnPropertyDescriptor(at, key)?.value
  }
  return at === undefined
}
