import { canonicalJson, type Json } from './canonical.ts'

export type PayloadMaterial = {
  readonly kind: string
  readonly connectionId: string
  readonly input: { readonly [field: string]: Json | undefined }
  /** Names of fields that reach neither the platform nor a person. */
  readonly cosmetic: readonly string[]
  /** What it binds on the platform, in the kind's order; null where the kind binds nothing. */
  readonly bound: readonly { readonly label: string; readonly value: Json }[] | null
  readonly slotAt: Date | null
}

/**
 * The text whose SHA-256 is the payload hash. Two proposals have the same hash exactly when the same thing would
 * happen on the same platform at the same planned time; the reason, evidence and cosmetic fields do not count. What is
 * judged anew while it waits gets a hash of its own where a person has something new to see (`gate/judged-anew.ts`).
 */
export function payloadText(material: PayloadMaterial): string {
  const input = Object.fromEntries(Object.entries(material.input).filter(([name]) => !material.cosmetic.includes(name)))
  return canonicalJson({
    kind: material.kind,
    connection: material.connectionId,
    input,
    bound: material.bound?.map(({ label, value }) => ({ label, value })) ?? null,
    slot: material.slotAt?.toISOString() ?? null,
  })
}

/** Whether a hash that a person saw (16 characters or more) is the one in force. */
export const sameHash = (seen: string, current: string): boolean =>
  seen.length >= 16 && seen.length <= current.length && current.startsWith(seen)
