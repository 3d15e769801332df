import { expect } from 'vitest'

/** All of these are there, each after the one before. */
export function inOrder(text: string, parts: readonly string[]): void {
  let from = 0
  for (const part of parts) {
    const at = text.indexOf(part, from)
    expect(at < 0 ? `“${part}” is missing after:\n${text.slice(0, from)}` : 'there').toBe('there')
    from = at + part.length
  }
}
