import { type ExposureLimit, messagesAround } from './exposure.ts'

/** What a workspace asks for before somebody is messaged. */
export type RecipientLimits = {
  /** `required`: who never agreed is left out. `not_suppressed`: only who withdrew or must not be contacted is. */
  readonly consent: 'required' | 'not_suppressed'
  readonly most: ExposureLimit | null
}

/** In the order in which they are named where several hold. */
export const LEFT_OUT = ['unidentified', 'suppressed', 'withdrew', 'never_consented', 'over_cap'] as const
export type LeftOut = (typeof LEFT_OUT)[number]

/** What is known of one recipient at the moment of sending. */
export type Standing = {
  /** The same for two recipients who are one person; null: nothing about them can be read. */
  readonly person: string | null
  readonly suppressed: boolean
  readonly consent: 'given' | 'withdrawn' | null
  /** When they are or were messaged, in milliseconds. */
  readonly messagedAt: readonly number[]
}

/** Who may be reached, and why the others may not. */
export type Reach = {
  /** Places in the list of recipients. */
  readonly reachable: readonly number[]
  readonly of: number
  readonly leftOut: Readonly<Partial<Record<LeftOut, number>>>
}

/**
 * Judges each recipient of one message that arrives at `at` (milliseconds). A suppression stands above any consent. Two
 * recipients who are one person count as two messages to them. Whoever cannot be told apart is not reachable.
 */
export function reachOf(recipients: readonly Standing[], limits: RecipientLimits, at: number): Reach {
  const inThisSend = new Map<string, number>()
  const reachable: number[] = []
  const leftOut: Partial<Record<LeftOut, number>> = {}
  for (const [place, one] of recipients.entries()) {
    const before = one.person === null ? 0 : (inThisSend.get(one.person) ?? 0)
    const why = whyNot(one, before, limits, at)
    if (why !== null) {
      leftOut[why] = (leftOut[why] ?? 0) + 1
      continue
    }
    reachable.push(place)
    if (one.person !== null) inThisSend.set(one.person, before + 1)
  }
  return { reachable, of: recipients.length, leftOut }
}

function whyNot(one: Standing, inThisSend: number, { consent, most }: RecipientLimits, at: number): LeftOut | null {
  if (one.person === null) return 'unidentified'
  if (one.suppressed) return 'suppressed'
  if (one.consent === 'withdrawn') return 'withdrew'
  if (one.consent === null && consent === 'required') return 'never_consented'
  if (most !== null && messagesAround(one.messagedAt, at, most.days) + inThisSend >= most.messages) return 'over_cap'
  return null
}
