/** What one month asked of people, and what went on without them. */
export type Figures = {
  workingDays: number
  /** Cards that asked for an answer: approvals, raises, renewals, invitations. */
  cards: number
  /** Seconds on the gate's clock between opening a card and the press that answers it. */
  cardSeconds: number
  /** The same for looking at what ran by itself. */
  noticeSeconds: number
  approved: number
  edited: number
  rejected: number
  /** Ran by itself; what only prepares is not counted. */
  alone: number
  undone: number
  /** Ran by itself although it was not right, and nobody saw it. */
  unseenWrong: number
  /** The level in force by category and kind, at the end of the month. */
  levels: readonly LevelInForce[]
}

export type LevelInForce = { readonly category: string; readonly scenario: string; readonly level: number }

export const noFigures = (): Figures => ({
  workingDays: 0,
  cards: 0,
  cardSeconds: 0,
  noticeSeconds: 0,
  approved: 0,
  edited: 0,
  rejected: 0,
  alone: 0,
  undone: 0,
  unseenWrong: 0,
  levels: [],
})

const DAYS_A_WEEK = 5

export const cardsAWeek = ({ cards, workingDays }: Figures): number =>
  workingDays === 0 ? 0 : (cards / workingDays) * DAYS_A_WEEK

/** Of everything that people read and answered. */
export const minutes = ({ cardSeconds, noticeSeconds }: Figures): number => (cardSeconds + noticeSeconds) / 60
