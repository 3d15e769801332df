import type { Actor } from './people.ts'

/** Whoever it may have been, by id; first of all whom it says. */
export type Hands = readonly [string, ...string[]]

type Token = {
  /** Who has held it besides its member. */
  readonly hands: readonly string[]
  /** When the member took one in Slack that is theirs alone, in its place; null: they did not. */
  readonly ownSince: Date | null
}

/** One that somebody replaced by a new one; what was done with it stays in the hands that it was in. */
export type FormerToken = Token & {
  /** The last moment in which it counts. */
  readonly until: Date
}

/** Of a member: who holds the token of theirs besides them, since when one is theirs alone, and those before it. */
export type TokenHolder = {
  readonly id: string
  readonly slackUserId: string | null
  readonly tokenHands: readonly string[]
  readonly tokenOwnSince: Date | null
  /** Oldest first. */
  readonly formerTokens: readonly FormerToken[]
}

type Came = { readonly id: string; readonly via: Extract<Actor, { kind: 'member' }>['via'] }

/**
 * In whose hands something was that a member did. Over a bare token: also theirs who had it issued, or held the token
 * that it was issued with. A press in Slack, and a token taken there before `at`, show a person; that it is another than
 * whoever issued a token of theirs until then shows once that one has a Slack user too. Somebody unknown: themselves.
 */
export function handsOf(members: readonly TokenHolder[], { id, via }: Came, at: Date): Hands {
  const member = members.find((one) => one.id === id)
  if (!member) return [id]
  const { before, inForce } = tokensAt(member, at)
  if (via !== 'slack' && !isOwn(inForce, at)) return [id, ...inForce.hands.filter((who) => who !== id)]
  const hasSlack = (who: string): boolean => members.some((one) => one.id === who && one.slackUserId !== null)
  // Whoever had one issued may have linked a Slack user of theirs to the member, which no new token takes away.
  const ever = new Set([...before, inForce].flatMap(({ hands }) => hands))
  return [id, ...[...ever].filter((who) => who !== id && !hasSlack(who))]
}

/**
 * Who besides a member has held the bare token that they came in with; nobody where they pressed in Slack, or used a
 * token that they took there before `at`. By whose limits a right is bounded, where hands say who may have been whom.
 */
export function issuersOf(members: readonly TokenHolder[], { id, via }: Came, at: Date): readonly string[] {
  const member = members.find((one) => one.id === id)
  if (!member || via === 'slack') return []
  const { inForce } = tokensAt(member, at)
  return isOwn(inForce, at) ? [] : inForce.hands.filter((who) => who !== id)
}

/** The token that a member had then, and those before it. */
function tokensAt(
  { tokenHands: hands, tokenOwnSince: ownSince, formerTokens }: TokenHolder,
  at: Date,
): { readonly before: readonly Token[]; readonly inForce: Token } {
  const before = formerTokens.filter(({ until }) => until < at)
  return { before, inForce: formerTokens[before.length] ?? { hands, ownSince } }
}

const isOwn = ({ ownSince }: Token, at: Date): boolean => ownSince !== null && ownSince < at

/** What is kept of a member's tokens when these hands issue a new one: what was done until `at` stays as it was. */
export function withIssuedToken(
  { id, tokenHands, tokenOwnSince, formerTokens }: TokenHolder,
  hands: Hands,
  at: Date,
): Pick<TokenHolder, 'tokenHands' | 'tokenOwnSince' | 'formerTokens'> {
  const last = formerTokens.at(-1)
  // Of two that are issued at once, the one that began first may come second.
  const until = last && last.until > at ? last.until : at
  const isSame = last && !last.ownSince && !tokenOwnSince && last.hands.join() === tokenHands.join()
  const kept = isSame ? formerTokens.slice(0, -1) : formerTokens
  return {
    tokenHands: [...new Set(hands)].filter((who) => who !== id),
    tokenOwnSince: null,
    formerTokens: [...kept, { hands: tokenHands, ownSince: tokenOwnSince, until }],
  }
}

/** Who is in both; undefined: they are different people. */
export const inBoth = (some: readonly string[], others: readonly string[]): string | undefined =>
  some.find((id) => others.includes(id))
