import { readdirSync, readFileSync } from 'node:fs'
import { ticksOf } from './measure.ts'

/** The kernel counts in hundredths of a second. */
const MS_A_TICK = 10

/** CPU milliseconds that a process and all below it have used, ended ones included; null where there is no `/proc`. */
export function cpuMs(root: number): number | null {
  const all = new Map<number, { parent: number; own: number; ended: number }>()
  try {
    for (const name of readdirSync('/proc')) {
      if (!/^\d+$/.test(name)) continue
      const ticks = ticksOf(read(`/proc/${name}/stat`))
      if (ticks) all.set(Number(name), ticks)
    }
  } catch {
    return null
  }
  let sum = 0
  for (const [pid, { own, ended }] of all) if (isBelow(pid, root, all)) sum += own + ended
  return all.size === 0 ? null : sum * MS_A_TICK
}

function isBelow(pid: number, root: number, all: ReadonlyMap<number, { readonly parent: number }>): boolean {
  for (let at = pid; at > 1; at = all.get(at)?.parent ?? 0) if (at === root) return true
  return false
}

/** Children and grandchildren of a process, itself first. */
export function treeOf(root: number): readonly number[] {
  try {
    const parents = new Map(
      readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .map((name) => [Number(name), { parent: ticksOf(read(`/proc/${name}/stat`))?.parent ?? 0 }] as const),
    )
    return [root, ...[...parents.keys()].filter((pid) => pid !== root && isBelow(pid, root, parents))]
  } catch {
    return [root]
  }
}

/** Resident memory of one process in MB, now and at its highest; null where there is no `/proc`. */
export function residentMb(pid: number): { readonly now: number; readonly peak: number } | null {
  const status = read(`/proc/${pid}/status`)
  const kb = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1])
  const [now, peak] = [kb('VmRSS'), kb('VmHWM')]
  return Number.isFinite(now) ? { now: now / 1024, peak: peak / 1024 } : null
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
