import type { Json } from '../domain/canonical.ts'
import type { SwitchTarget } from '../domain/switches.ts'

/** The target for the ledger; a topic is what people wrote and lies beside it, where it can be erased. */
export const targetJson = (target: SwitchTarget): Json => (target.kind === 'topic' ? { kind: 'topic' } : { ...target })

/** What people wrote of a stop, as the detail of its event; nothing where they wrote nothing. */
export function stopWords(
  target: SwitchTarget,
  reason: string | null,
): { readonly detail?: { readonly [key: string]: Json } } {
  const detail = { ...(target.kind === 'topic' ? { topic: target.value } : {}), ...(reason ? { words: reason } : {}) }
  return Object.keys(detail).length > 0 ? { detail } : {}
}
