import { type ASTNode, Environment, type ParseResult } from '@marcbachmann/cel-js'
import { RE2JS } from 're2js'
import { type Complaint, forbiddenSyntax } from './allowed-syntax.ts'
import { ActionFacts, FACTS, type FactName } from './facts.ts'
import { type Sizes, worstCaseNs } from './worst-case.ts'

export const MOST_CHARACTERS = 1000
const MOST_PATTERN = 200
/** Steps of a pattern that may be under way at one character; 100 is a long one. */
const MOST_STEPS = 100

export type Condition = {
  /** @throws where something that it asks is not known, or a number is divided by zero. */
  readonly holds: (facts: ActionFacts) => boolean
  /** For how long it may run at most, in nanoseconds. */
  readonly worstCaseNs: (sizes: Sizes) => number
  /** The facts that it asks about. */
  readonly asks: readonly FactName[]
}

export type Compiled =
  | { readonly ok: true; readonly condition: Condition }
  | { readonly ok: false; readonly says: string }

/** Compiles a condition, or says what is wrong with it and where. Nothing is run, and no code is generated. */
export function compileCondition(expression: string): Compiled {
  const wrong = ({ at, says }: Complaint): Compiled => ({ ok: false, says: `character ${at + 1}: ${says}` })
  if (expression.length > MOST_CHARACTERS) return wrong({ at: MOST_CHARACTERS, says: 'it is too long' })
  const language = languageOf()
  try {
    const parsed = language.parse(expression)
    const forbidden = forbiddenSyntax(parsed.ast)
    if (forbidden) return wrong(forbidden)
    const checked = parsed.check()
    if (checked.error) return wrong(complaintOf(checked.error))
    if (checked.type !== 'bool') return wrong({ at: 0, says: `it has to be true or false, and is ${checked.type}` })
    return withPatterns(expression, parsed, language, wrong)
  } catch (error) {
    return wrong(complaintOf(error))
  }
}

/** `matches` of the language itself would run as a RegExp, which a policy could make hang: ours runs in linear time. */
const LINEAR = 'matchesInLinearTime'

function withPatterns(
  expression: string,
  parsed: ParseResult,
  language: Environment,
  wrong: (complaint: Complaint) => Compiled,
): Compiled {
  const patterns = new Map<string, RE2JS>()
  let rewritten = expression
  // From the end, so that the places before it stay where they are.
  for (const found of [...matchesIn(parsed.ast)].toSorted((a, b) => b.endsAt - a.endsAt)) {
    if (found.pattern.length > MOST_PATTERN) return wrong({ at: found.patternAt, says: 'the pattern is too long' })
    const pattern = compilePattern(found.pattern)
    if (pattern === null) return wrong({ at: found.patternAt, says: 'the pattern cannot be read' })
    if (pattern.programSize() > MOST_STEPS) return wrong({ at: found.patternAt, says: 'the pattern is too large' })
    patterns.set(found.pattern, pattern)
    const name = expression.indexOf('matches', found.endsAt)
    if (expression.slice(found.endsAt, name).includes('//'))
      return wrong({ at: found.endsAt, says: 'no comment may stand here' })
    rewritten = `${rewritten.slice(0, name)}${LINEAR}${rewritten.slice(name + 'matches'.length)}`
  }
  const run =
    patterns.size === 0
      ? parsed
      : language
          .clone()
          .registerFunction(`string.${LINEAR}(string): bool`, (text: string, pattern: string) =>
            (patterns.get(pattern) ?? RE2JS.compile(RE2JS.quote(pattern))).test(text),
          )
          .parse(rewritten)
  return {
    ok: true,
    condition: {
      holds: (facts) => run(facts) === true,
      worstCaseNs: (sizes) => worstCaseNs(parsed.ast, sizes, (one) => patterns.get(one)?.programSize() ?? Infinity),
      asks: [...new Set(factsIn(parsed.ast))],
    },
  }
}

function compilePattern(pattern: string): RE2JS | null {
  try {
    return RE2JS.compile(pattern)
  } catch {
    return null
  }
}

let language: Environment | null = null

/** Made on first use: most workspaces have no conditions. */
function languageOf(): Environment {
  if (language) return language
  const made = new Environment({
    limits: { maxAstNodes: 300, maxDepth: 24, maxListElements: 100, maxCallArguments: 8 },
  })
  made.registerType('Action', { ctor: ActionFacts, fields: { ...FACTS } }).registerVariable('action', 'Action')
  for (const [name, type] of Object.entries(FACTS)) made.registerVariable(name, type)
  // Whole numbers and fractions together, as people write them: `amount * 2`, `people / 2.5`.
  made.registerOperator('double == int', (a: number, b: bigint) => a === Number(b))
  const arithmetic = {
    '+': (a: number, b: number) => a + b,
    '-': (a: number, b: number) => a - b,
    '*': (a: number, b: number) => a * b,
    '/': (a: number, b: number) => a / b,
  }
  for (const [sign, of] of Object.entries(arithmetic)) {
    made.registerOperator(`double ${sign} int: double`, (a: number, b: bigint) => of(a, Number(b)))
    made.registerOperator(`int ${sign} double: double`, (a: bigint, b: number) => of(Number(a), b))
  }
  language = made
  return made
}

/** What the language says, with what there is instead of a name that there is not. */
function complaintOf(error: unknown): Complaint {
  const { code, summary, range } = readError(error)
  const at = range?.start ?? 0
  const name = summary.split(': ')[1] ?? ''
  if (code === 'unknown_variable' || code === 'no_such_key')
    return { at, says: `there is no “${name}”; there are: action, ${Object.keys(FACTS).join(', ')}` }
  if (code === 'limit_exceeded') return { at, says: 'it is too long or too deep' }
  return { at, says: summary }
}

function readError(error: unknown): {
  readonly code: string
  readonly summary: string
  readonly range: { readonly start: number } | undefined
} {
  if (!(error instanceof Error)) throw error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const summary = 'summary' in error && typeof error.summary === 'string' ? error.summary : 'it cannot be read'
  const range = 'range' in error ? error.range : undefined
  const start = typeof range === 'object' && range !== null && 'start' in range ? range.start : undefined
  return { code, summary, range: typeof start === 'number' ? { start } : undefined }
}

type Match = { readonly endsAt: number; readonly pattern: string; readonly patternAt: number }

function* matchesIn(node: ASTNode): Generator<Match> {
  if (node.op === 'rcall') {
    const [name, on, [given]] = node.args
    if (name === 'matches' && given?.op === 'value' && typeof given.args === 'string')
      yield { endsAt: on.end, pattern: given.args, patternAt: given.start }
  }
  for (const inner of nodesIn(node)) yield* matchesIn(inner)
}

function* factsIn(node: ASTNode): Generator<FactName> {
  const name = node.op === 'id' ? node.args : node.op === '.' ? node.args[1] : null
  if (name !== null && isFact(name)) yield name
  for (const inner of nodesIn(node)) yield* factsIn(inner)
}

const isFact = (name: string): name is FactName => Object.hasOwn(FACTS, name)

function nodesIn(node: ASTNode): readonly ASTNode[] {
  switch (node.op) {
    case 'value':
    case 'id':
    case 'map':
      return []
    case '.':
    case '.?':
      return [node.args[0]]
    case 'call':
      return node.args[1]
    case 'rcall':
      return [node.args[1], ...node.args[2]]
    case '!_':
    case '-_':
      return [node.args]
    case '[?]':
    case 'list':
    case '[]':
    case '?:':
    case '||':
    case '&&':
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
    case 'in':
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return node.args
  }
}
