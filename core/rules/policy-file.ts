import { LineCounter, parseDocument } from 'yaml'
import { err, ok, type Result } from '../domain/result.ts'
import { extendPolicy } from './extend-policy.ts'
import { GivenPolicySchema, type PolicyDocument } from './policy.ts'

/** What is wrong with a policy file, and where: `line` counts from 1, null where it came without lines. */
export type PolicyProblem = { readonly path: string; readonly line: number | null; readonly says: string }

export type PolicyFile = {
  readonly document: PolicyDocument
  /** The cases that stand beside the rules, as they were written. */
  readonly tests: readonly unknown[]
}

/** A pack by its name; null: there is none. */
export type FindPack = (name: string) => Result<PolicyDocument, readonly string[]>

const MOST_CHARACTERS = 500_000
/** Each alias may repeat what it stands for; a handful of them in one another is a bomb. */
const MOST_ALIASES = 50

/**
 * Reads a policy file: YAML (JSON is YAML), its `extends` a ready pack whose keys it replaces and to whose scopes it
 * adds, its `tests` beside the rules. Every problem is told with its line.
 */
export function readPolicyFile(text: string, findPack: FindPack): Result<PolicyFile, readonly PolicyProblem[]> {
  if (text.length > MOST_CHARACTERS)
    return err([
      { path: '', line: null, says: `It is longer than ${MOST_CHARACTERS.toLocaleString('en')} characters.` },
    ])
  const lines = new LineCounter()
  const parsed = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true })
  if (parsed.errors.length > 0)
    return err(parsed.errors.map(({ message, pos }) => ({ path: '', line: lines.linePos(pos[0]).line, says: message })))
  const lineOf = (path: readonly PropertyKey[]): number | null => {
    for (let depth = path.length; depth >= 0; depth -= 1) {
      const node = parsed.getIn(path.slice(0, depth), true)
      // safe: a node of the document has its range, and everything else none
      const range = (node as { readonly range?: readonly number[] } | undefined)?.range
      if (range?.[0] !== undefined) return lines.linePos(range[0]).line
    }
    return null
  }
  let raw: unknown
  try {
    raw = parsed.toJS({ maxAliasCount: MOST_ALIASES }) ?? {}
  } catch {
    return err([{ path: '', line: null, says: `It uses an alias more than ${MOST_ALIASES} times. Write it out.` }])
  }
  return readPolicy(raw, findPack, lineOf)
}

/** The same of a policy that came as JSON. */
export function readPolicy(
  raw: unknown,
  findPack: FindPack,
  lineOf: (path: readonly PropertyKey[]) => number | null = () => null,
): Result<PolicyFile, readonly PolicyProblem[]> {
  const problem = (path: readonly PropertyKey[], says: string): PolicyProblem => ({
    path: path.map(String).join('.'),
    line: lineOf(path),
    says,
  })
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    return err([problem([], 'A policy is a list of settings by name, like “blocked_words: [guaranteed]”.')])
  const { extends: pack, tests = [], ...own } = raw as Readonly<Record<string, unknown>>
  const found = pack === undefined ? ok(null) : findPack(typeof pack === 'string' ? pack : '')
  if (!found.ok)
    return err([problem(['extends'], `There is no pack of that name; there are ${found.error.join(', ')}.`)])
  const base = found.value
  if (!Array.isArray(tests)) return err([problem(['tests'], 'Tests are a list of cases.')])
  const checked = GivenPolicySchema.safeParse(base === null ? own : extendPolicy(base, own))
  if (checked.success) return ok({ document: checked.data, tests })
  return err(checked.error.issues.map(({ path, message }) => problem(path, message)))
}
