/** `share`: 0 to 1. `decisions`, `actions`: counts. `points`: of 100. */
export type Unit = 'share' | 'decisions' | 'actions' | 'points'

/** One measured number beside the one of the model's page. */
export type Figure = {
  readonly unit: Unit
  /** Infinity: never, in so many of the histories that there is no such number. */
  readonly ours: number
  /** Null: the page prints none. */
  readonly page: number | null
}

export const figure = (unit: Unit, ours: number, page: number | null): Figure => ({ unit, ours, page })

/** How far a number may lie from the page's before it is marked: chance alone moves 2,000 histories less than this. */
export const BANDS: Readonly<Record<Unit, string>> = {
  share: 'five percentage points',
  decisions: '20 %, or one decision',
  actions: '20 %, or one action',
  points: 'two points',
}

export function isOutside({ unit, ours, page }: Figure): boolean {
  if (page === null) return false
  const away = Math.abs(ours - page)
  if (unit === 'share') return away > 0.05
  return away > (unit === 'points' ? 2 : Math.max(1, 0.2 * page))
}

/** Ours, a stroke, the page's, and a mark where they are too far apart. */
export const figureText = (figure: Figure): string =>
  `${valueText(figure.unit, figure.ours)} / ${figure.page === null ? '–' : valueText(figure.unit, figure.page)}${isOutside(figure) ? ' ≠' : ''}`

export function valueText(unit: Unit, value: number): string {
  if (!Number.isFinite(value)) return '–'
  if (unit === 'share') return `${(100 * value).toFixed(value > 0 && value < 0.0995 ? 1 : 0)} %`
  return unit === 'actions' && value < 99.5 ? value.toFixed(1) : Math.round(value).toLocaleString('en-GB')
}
