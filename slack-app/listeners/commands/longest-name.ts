/**
 * What the longest name means that the text begins with, and the rest as a reason. Null: it begins with none of them.
 * Capitals do not matter.
 */
export function longestName<T>(
  text: string,
  names: readonly { readonly name: string; readonly means: T }[],
): { readonly means: T; readonly reason: string | null } | null {
  const said = text.trim()
  const lower = said.toLowerCase()
  const begins = (name: string): boolean =>
    lower === name || lower.startsWith(`${name} `) || lower.startsWith(`${name}:`)
  const found = [...names].sort((a, b) => b.name.length - a.name.length).find(({ name }) => begins(name.toLowerCase()))
  return found === undefined ? null : { means: found.means, reason: reasonOf(said.slice(found.name.length)) }
}

/** The words after a name; null: there are none. */
export function reasonOf(rest: string): string | null {
  const reason = rest.replace(/^[\s:,]+/, '').replace(/^because\s+/i, '')
  return reason === '' ? null : reason.slice(0, 500)
}
