/** Whether a pattern of a policy names this kind: exactly, or with a trailing `*` for the rest (`hubspot.*`). */
export const matchesKind = (pattern: string, kindId: string): boolean =>
  pattern.endsWith('*') ? kindId.startsWith(pattern.slice(0, -1)) : pattern === kindId
