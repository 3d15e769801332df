import type { Actor } from './people.ts'

/** Whoever it may have been, by id; first of all whom it says. */
export type Hands = readonly [string, ...string[]]

/** Of a member: who has held a token of theirs besides them, and since when one is theirs alone. */
export type TokenHolder = {
  readonly id: string
  readonly slackUserId: string | null
  readonly tokenHands: readonly string[]
  readonly tokenOwnSince: Date | null
}

/**
 * In whose hands something was that a member did. Over a bare token: also theirs who had it issued, or held the token
 * that it was issued with. A press in Slack, and a token taken there before `at`, show a person; that it is another than
 * whoever issued the token shows once that one has a Slack user too. Somebody unknown: themselves.
 */
export function handsOf(
  members: readonly TokenHolder[],
  { id, via }: { readonly id: string; readonly via: Extract<Actor, { kind: 'member' }>['via'] },
  at: Date,
): Hands {
  const member = members.find((one) => one.id === id)
  if (!member) return [id]
  const isShown = via === 'slack' || (member.tokenOwnSince !== null && member.tokenOwnSince < at)
  const hasSlack = (who: string): boolean => members.some((one) => one.id === who && one.slackUserId !== null)
  return [id, ...member.tokenHands.filter((who) => who !== id && !(isShown && hasSlack(who)))]
}

/**
 * Who besides a member has held the bare token that they came in with; nobody where they pressed in Slack, or used a
 * token that they took there before `at`. By whose limits a right is bounded, where hands say who may have been whom.
 */
export function issuersOf(
  members: readonly TokenHolder[],
  { id, via }: { readonly id: string; readonly via: Extract<Actor, { kind: 'member' }>['via'] },
  at: Date,
): readonly string[] {
  const member = members.find((one) => one.id === id)
  if (!member || via === 'slack' || (member.tokenOwnSince !== null && member.tokenOwnSince < at)) return []
  return member.tokenHands.filter((who) => who !== id)
}

/** Who is in both; undefined: they are different people. */
export const inBoth = (some: readonly string[], others: readonly string[]): string | undefined =>
  some.find((id) => others.includes(id))
