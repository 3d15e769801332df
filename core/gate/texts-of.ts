/**
 * Every piece of text in an input, however deep: any of it may be read by people. In the order of the fields' names,
 * because the database keeps an order of its own and the same input has to give the same list before and after.
 */
export function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) return value.flatMap(textsOf)
  return Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, member]) => textsOf(member))
}
