import type { ASTNode } from '@marcbachmann/cel-js'

/** What is wrong with a condition, and from which character on. */
export type Complaint = { readonly at: number; readonly says: string }

/** How deep `exists`, `all` and `filter` may stand in one another. */
const MOST_NESTED = 2

const FUNCTIONS = new Set(['size', 'int', 'double', 'string', 'has'])
const METHODS = new Set([
  'size',
  'contains',
  'startsWith',
  'endsWith',
  'matches',
  'lowerAscii',
  'upperAscii',
  'trim',
  'all',
  'exists',
  'exists_one',
  'filter',
])
/** They are searched for, and what is searched for bounds how long that takes. */
const WRITTEN_OUT = new Set(['contains', 'matches'])

export const OVER_EACH: ReadonlySet<string> = new Set(['all', 'exists', 'exists_one', 'filter'])

/**
 * What the language knows and a condition may not use: whatever makes a text or a list longer without a bound that can
 * be seen beforehand. Null: nothing of the kind.
 */
export function forbiddenSyntax(node: ASTNode, nested = 0): Complaint | null {
  const complain = (says: string): Complaint => ({ at: node.start, says })
  switch (node.op) {
    case 'value':
    case 'id':
      return null
    case '.':
      if (node.args[0].op !== 'id') return complain('a dot stands only behind action')
      return null
    case '.?':
    case '[?]':
    case 'map':
      return complain('maps and optional values are not known here')
    case 'call': {
      const [name, given] = node.args
      if (!FUNCTIONS.has(name)) return complain(`there is no ${name}(); there are: ${[...FUNCTIONS].join(', ')}`)
      return first(given, nested)
    }
    case 'rcall': {
      const [name, on, given] = node.args
      if (!METHODS.has(name)) return complain(`there is no .${name}(); there are: ${[...METHODS].join(', ')}`)
      if (WRITTEN_OUT.has(name) && given[0]?.op !== 'value')
        return complain(`what .${name}() looks for has to be written out in quotes`)
      if (!OVER_EACH.has(name)) return first([on, ...given], nested)
      if (nested >= MOST_NESTED) return complain(`.${name}() stands deeper than ${MOST_NESTED} in others`)
      return forbiddenSyntax(on, nested) ?? first(given, nested + 1)
    }
    case '!_':
    case '-_':
      return forbiddenSyntax(node.args, nested)
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
      return first(node.args, nested)
  }
}

function first(nodes: readonly ASTNode[], nested: number): Complaint | null {
  for (const node of nodes) {
    const found = forbiddenSyntax(node, nested)
    if (found) return found
  }
  return null
}
