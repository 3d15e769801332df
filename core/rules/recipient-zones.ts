import type { Place, Subject } from './guardrails/guardrail.ts'
import { localTime } from './local-time.ts'

/** `recipient`: their zones have to be known; `workspace`: only its own counts; absent: theirs where known, else its own. */
export type ZoneSetting = 'recipient' | 'workspace' | undefined

/** In which zones a rule about the clock holds, and whether one that the policy wants is not known. */
export type Zones = { readonly zones: readonly [string, ...string[]]; readonly isUnknown: boolean }

/** Where nobody knows the recipients' zone, the workspace's stands in for it; a rule that needs theirs asks as well. */
export function zonesOf(subject: Subject, place: Place, setting: ZoneSetting): Zones {
  const own: Zones = { zones: [place.zone], isUnknown: false }
  if (setting === 'workspace') return own
  const [first, ...others] = (subject.zones ?? []).filter((zone) => localTime(subject.plannedAt, zone) !== null)
  const isUnknown = (subject.zones ?? []).length !== others.length + (first === undefined ? 0 : 1)
  if (first === undefined) return { ...own, isUnknown: isUnknown || setting === 'recipient' }
  return { zones: isUnknown ? [first, ...others, place.zone] : [first, ...others], isUnknown }
}
