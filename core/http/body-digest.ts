import { canonicalJson, type Json } from '../domain/canonical.ts'

/** SHA-256 of what the body says, in hex: white space and the order of fields make no other body. */
export async function bodyDigest(body: Json): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonicalJson(body)))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
