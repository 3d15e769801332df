import type { FormerToken } from '../domain/hands.ts'

/** As JSON keeps them. */
export type StoredTokens = {
  readonly formerTokens: readonly (Omit<FormerToken, 'ownSince' | 'until'> & {
    readonly ownSince: string | null
    readonly until: string
  })[]
}

export const formerTokensOf = ({ formerTokens }: StoredTokens): readonly FormerToken[] =>
  formerTokens.map(({ hands, ownSince, until }) => ({
    hands,
    ownSince: ownSince === null ? null : new Date(ownSince),
    until: new Date(until),
  }))
