import type { Risk } from '../effect.ts'

/** 64 hex digits or more of a keyed hash of the action's id, under a key that no agent knows. */
export type KeyedDigest = string

const RATE = 0.1
const DIGITS = 12
const UNIT = 16 ** DIGITS
/** How much more a riskier item is worth looking at. */
const RISK_WEIGHT: Readonly<Record<Risk, number>> = { low: 1, medium: 2, high: 4 }

export const AUDITS_PER_WEEK = 3

/** Two numbers from 0 up to 1, independent of each other, that nobody without the key can foresee. */
function unit(digest: KeyedDigest, part: 0 | 1): number {
  const digits = digest.slice(part * DIGITS, (part + 1) * DIGITS)
  if (!/^[0-9a-f]{12}$/.test(digits)) throw new Error('A keyed digest has at least 24 lower-case hex digits')
  return Number.parseInt(digits, 16) / UNIT
}

/**
 * Whether an executed action at level 4 or 5 is drawn for audit: one in ten, twice as many while the audits of a
 * changed agent are doubled. It does not depend on how the action looks. Section 7.
 */
export const isDrawn = (digest: KeyedDigest, isDoubled = false): boolean =>
  unit(digest, 0) < (isDoubled ? 2 * RATE : RATE)

export type DrawnAction = { readonly id: string; readonly digest: KeyedDigest; readonly risk: Risk }

/**
 * Which of a week's drawn actions a person is shown, riskier ones more likely, in the order of the draw. Chosen by the
 * digest alone (each by u^(1/weight), the largest first), never by how they look. Section 7.
 */
export const auditsOfWeek = (drawn: readonly DrawnAction[], perWeek = AUDITS_PER_WEEK): readonly DrawnAction[] =>
  drawn
    .map((action) => ({ action, key: unit(action.digest, 1) ** (1 / RISK_WEIGHT[action.risk]) }))
    .toSorted((a, b) => b.key - a.key || (a.action.id < b.action.id ? -1 : 1))
    .slice(0, perWeek)
    .map(({ action }) => action)
