/** What a person wrote, as the detail of a ledger event; nothing where they wrote nothing. */
export const written = (words: string | null | undefined): { readonly detail?: { readonly words: string } } =>
  words ? { detail: { words } } : {}
