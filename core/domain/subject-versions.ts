import type { Finding } from './ledger-findings.ts'

/**
 * Watches that every subject's versions are there, each once. They may arrive out of order: of two transactions the one
 * with the lower number can have waited for the other. Keeps one number a subject.
 */
export function subjectVersions() {
  const through = new Map<string, number>()
  const ahead = new Map<string, Set<number>>()

  function add(subject: string, version: number): Finding | null {
    const reached = through.get(subject) ?? 0
    const waiting = ahead.get(subject)
    if (version <= reached || waiting?.has(version)) return { kind: 'version_twice', event: { subject, version } }
    if (version > reached + 1) {
      ahead.set(subject, (waiting ?? new Set()).add(version))
      return null
    }
    let next = version
    while (waiting?.delete(next + 1)) next += 1
    if (waiting?.size === 0) ahead.delete(subject)
    through.set(subject, next)
    return null
  }

  function missing(): readonly Finding[] {
    const findings: Finding[] = []
    for (const [subject, waiting] of ahead) {
      let reached = through.get(subject) ?? 0
      for (const version of [...waiting].sort((a, b) => a - b)) {
        if (version > reached + 1)
          findings.push({ kind: 'version_missing', subject, from: reached + 1, to: version - 1 })
        reached = version
      }
    }
    return findings
  }
  return { add, missing }
}
