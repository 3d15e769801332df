/** Seals credentials at rest. The context (a connection's id) is authenticated: a sealed text moved to another row does not open. */
export type Secrets = {
  seal(text: string, context: string): string
  /** Null: sealed with another key, for another context, or tampered with. */
  open(sealed: string, context: string): string | null
  /** 32 bytes in base64 that only this key and context give: a secret to sign with, stored nowhere. */
  derive(context: string): string
  /**
   * Digests of texts under keys that only this installation and the context give (HMAC-SHA256, base64url): the same text
   * is found again, and nobody without the key can try texts against it. One for every key, the current one first: what
   * was kept under a former key is found by the others.
   */
  digester(context: string): (text: string) => readonly [string, ...string[]]
}
