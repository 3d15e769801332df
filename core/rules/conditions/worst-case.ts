import type { ASTNode } from '@marcbachmann/cel-js'
import { OVER_EACH } from './allowed-syntax.ts'

/** How many entries a list has, and how many characters there are in all of them. */
export type Size = { readonly entries: number; readonly characters: number }

/** How large what comes with an action is; what is not named here is short. */
export type Sizes = { readonly texts: Size; readonly text: Size; readonly regions: Size }

/** How much work a pattern is for a character, in steps; patterns run in linear time. */
export type PatternSteps = (pattern: string) => number

type Bound = Size & { readonly nanoseconds: number }
type Names = ReadonlyMap<string, Size>

/** No name, label or date is longer than that. */
const SHORT: Size = { entries: 1, characters: 300 }

// The slowest that was measured of each, on texts that were made to be slow. A step may fail, and `||` go on after it.
const STEP_NS = 10_000
const ENTRY_NS = 10_000
const CHARACTER_NS = 10
const COMPARED_NS = 0.5
const PATTERN_STEP_NS = 60

/** For how long a condition may run at most on something of that size, in nanoseconds. An upper bound. */
export function worstCaseNs(condition: ASTNode, sizes: Sizes, stepsOf: PatternSteps): number {
  const names = new Map<string, Size>(
    Object.entries(sizes).flatMap(([name, size]) => [
      [name, size],
      // As a field of `action`: whatever an entry of a list is called, it is not this.
      [`action.${name}`, size],
    ]),
  )
  return boundOf(condition, names, stepsOf).nanoseconds
}

function boundOf(node: ASTNode, names: Names, stepsOf: PatternSteps): Bound {
  const of = (one: ASTNode): Bound => boundOf(one, names, stepsOf)
  switch (node.op) {
    case 'value':
      return { entries: 1, characters: typeof node.args === 'string' ? node.args.length : 0, nanoseconds: STEP_NS }
    case 'id':
      return { ...(names.get(node.args) ?? SHORT), nanoseconds: STEP_NS }
    case '.':
      return { ...(names.get(`action.${node.args[1]}`) ?? SHORT), nanoseconds: STEP_NS }
    case 'call':
      return together(node.args[1].map(of), CHARACTER_NS)
    case 'rcall': {
      const [name, on, given] = node.args
      const receiver = of(on)
      if (OVER_EACH.has(name)) return overEach(receiver, given, names, stepsOf)
      const looksFor = given[0]?.op === 'value' && typeof given[0].args === 'string' ? given[0].args : ''
      if (name === 'matches') return together([receiver], PATTERN_STEP_NS * stepsOf(looksFor))
      if (name === 'contains') return together([receiver], 1 + COMPARED_NS * looksFor.length)
      return together([receiver, ...given.map(of)], CHARACTER_NS)
    }
    case 'list':
      return together(node.args.map(of), 0)
    case '!_':
    case '-_':
      return together([of(node.args)], 0)
    case 'map':
    case '.?':
    case '[?]':
      return { ...SHORT, nanoseconds: Infinity }
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
      return together(node.args.map(of), CHARACTER_NS)
  }
}

/** What reads all of them once; what comes of it is no larger than they are. */
function together(parts: readonly Bound[], characterNs: number): Bound {
  const entries = parts.reduce((sum, part) => sum + part.entries, 0)
  const characters = parts.reduce((sum, part) => sum + part.characters, 0)
  const nanoseconds = parts.reduce((sum, part) => sum + part.nanoseconds, STEP_NS)
  return { entries, characters, nanoseconds: nanoseconds + characters * characterNs + entries * ENTRY_NS }
}

/** Everything inside reads its entry a bounded number of times, so that the average entry stands for all of them. */
function overEach(list: Bound, [name, ...inside]: readonly ASTNode[], names: Names, stepsOf: PatternSteps): Bound {
  const entry = { entries: 1, characters: list.characters / Math.max(1, list.entries) }
  const within = new Map(names)
  if (name?.op === 'id') within.set(name.args, entry)
  const one = together(
    inside.map((node) => boundOf(node, within, stepsOf)),
    0,
  )
  return { ...list, nanoseconds: list.nanoseconds + list.entries * (one.nanoseconds + ENTRY_NS) }
}
