/** What tells people apart. A platform's own id is one of that platform alone. */
export const IDENTIFIER_KINDS = ['email', 'phone', 'platform'] as const
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number]

/** An identifier as it came: from a platform, a form, a person. */
export type GivenIdentifier = {
  readonly kind: IdentifierKind
  /** For `platform`: the platform's name, a colon, its id of the person (`hubspot:501`). */
  readonly value: string
}
