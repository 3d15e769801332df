import type { PolicyDocument, Scope } from './policy.ts'
import { markOf } from './scope.ts'

/** The top of a policy, or one of its scopes. */
export type PolicyLevel = Omit<Scope, 'when' | 'name'>

/** The levels of a policy by the mark of their `when`; the top is ''. */
export const levelsOf = (document: PolicyDocument): ReadonlyMap<string, PolicyLevel> =>
  new Map<string, PolicyLevel>([
    ['', document],
    ...(document.scopes ?? []).map((scope): [string, PolicyLevel] => [markOf(scope.when), scope]),
  ])

type Covers = (had: readonly string[], one: string) => boolean

/**
 * What is new in some place of a list of which the most specific scope that says one wins (`warn_only`, `relax`). A
 * scope that never said one may have stood under any of the others, and one that no longer does may come to stand
 * under any: the least, or the most, that they say counts.
 */
export function newlyTrue(
  before: PolicyDocument,
  after: PolicyDocument,
  listOf: (level: PolicyLevel) => readonly string[] | undefined,
  covers: Covers = (had, one) => had.includes(one),
): readonly string[] {
  const was = saying(before, listOf)
  const is = saying(after, listOf)
  const hadAt = (mark: string, one: string): boolean => {
    const own = was.get(mark)
    if (own || mark === '') return covers(own ?? [], one)
    return [was.get('') ?? [], ...was.values()].every((list) => covers(list, one))
  }
  const found = new Set<string>()
  for (const mark of new Set(['', ...was.keys(), ...is.keys()])) {
    const its = is.get(mark) ?? (mark === '' ? [] : [...is.values()].flat())
    for (const one of its) if (!hadAt(mark, one)) found.add(one)
  }
  // Of equally specific scopes the later wins: another order lets another list win.
  const order = [...was.keys()].filter((mark) => is.has(mark))
  const turned = [...is.keys()].filter((mark) => was.has(mark))
  if (order.some((mark, index) => mark !== turned[index])) {
    const lists = [...is.values()]
    for (const one of lists.flat()) if (lists.some((list) => !covers(list, one))) found.add(one)
  }
  return [...found]
}

function saying(
  document: PolicyDocument,
  listOf: (level: PolicyLevel) => readonly string[] | undefined,
): ReadonlyMap<string, readonly string[]> {
  const said = new Map<string, readonly string[]>()
  for (const [mark, level] of levelsOf(document)) {
    const list = listOf(level)
    if (list !== undefined) said.set(mark, list)
  }
  return said
}

/** Whether something that only people decided is decided without them: relaxed, or no longer told by its words. */
export function losesWhatAPersonSees(before: PolicyDocument, after: PolicyDocument): boolean {
  if (newlyTrue(before, after, (level) => level.always_a_person?.relax).length > 0) return true
  const is = levelsOf(after)
  return [...levelsOf(before)].some(([mark, level]) => {
    const told = new Set([...wordsOf(is.get(mark)), ...wordsOf(is.get(''))])
    return wordsOf(level).some((word) => !told.has(word))
  })
}

/** "class: word"; the names of key accounts are the words of their class. */
function wordsOf(level: PolicyLevel | undefined): readonly string[] {
  const { key_accounts = [], words = {} } = level?.always_a_person ?? {}
  return [
    ...key_accounts.map((word) => `key_accounts: ${word}`),
    ...Object.entries(words).flatMap(([name, own]) => own.map((word) => `${name}: ${word}`)),
  ]
}
