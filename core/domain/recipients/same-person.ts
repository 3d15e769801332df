/** Records (of a platform, of a list) that are one person: those that share an identifier, directly or through others. */
export type Grouped<Person extends string> = {
  /** Who they are known as, oldest id first; more than one turned out to be the same, none is new. */
  readonly people: readonly Person[]
  readonly identifiers: readonly string[]
  /** Which records, by their place in the list. */
  readonly records: readonly number[]
}

/**
 * Which records belong together, and to whom of those who are known. `records`: the identifiers of each; one without any
 * belongs to nobody and is left out. Ids of people sort by age, so that the oldest of those who are merged remains.
 */
export function samePerson<Person extends string>(
  records: readonly (readonly string[])[],
  known: ReadonlyMap<string, Person>,
): readonly Grouped<Person>[] {
  const roots = new Map<string, string>()
  const rootOf = (node: string): string => {
    let root = node
    for (let next = roots.get(root); next !== undefined && next !== root; next = roots.get(root)) root = next
    roots.set(node, root)
    return root
  }
  const join = (one: string, other: string): void => void roots.set(rootOf(one), rootOf(other))
  for (const identifiers of records) {
    const [first] = identifiers
    if (first === undefined) continue
    for (const identifier of identifiers) {
      join(`i:${identifier}`, `i:${first}`)
      const person = known.get(identifier)
      if (person !== undefined) join(`p:${person}`, `i:${first}`)
    }
  }
  const groups = new Map<string, { people: Set<Person>; identifiers: Set<string>; records: number[] }>()
  for (const [at, identifiers] of records.entries()) {
    const [first] = identifiers
    if (first === undefined) continue
    const root = rootOf(`i:${first}`)
    const group = groups.get(root) ?? { people: new Set(), identifiers: new Set(), records: [] }
    groups.set(root, group)
    group.records.push(at)
    for (const identifier of identifiers) {
      group.identifiers.add(identifier)
      const person = known.get(identifier)
      if (person !== undefined) group.people.add(person)
    }
  }
  return [...groups.values()].map(({ people, identifiers, records: places }) => ({
    people: [...people].sort(),
    identifiers: [...identifiers],
    records: places,
  }))
}
