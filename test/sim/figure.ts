import type { Interval } from './interval.ts'

/** `share`: 0 to 1. `decisions`, `actions`: counts. `points`: of 100. */
export type Unit = 'share' | 'decisions' | 'actions' | 'points'

/** One measured number beside the one of the model's page. */
export type Figure = {
  readonly unit: Unit
  /** Infinity: never, in so many of the histories that there is no such number. */
  readonly ours: number
  /** Null: the page prints none. */
  readonly page: number | null
  /** Of a small sample: what it leaves room for, and what the core alone comes to on the same draws. */
  readonly sample?: { readonly between: Interval; readonly core: number }
}

export const figure = (unit: Unit, ours: number, page: number | null): Figure => ({ unit, ours, page })

/** One of a small sample through the real gate. */
export const sampledFigure = (
  unit: Unit,
  ours: number,
  between: Interval,
  core: number,
  page: number | null = null,
): Figure => ({ unit, ours, page, sample: { between, core } })

/** How far a number may lie from the page's before it is marked: chance alone moves 2,000 histories less than this. */
export const BANDS: Readonly<Record<Unit, string>> = {
  share: 'five percentage points',
  decisions: '20 %, or one decision',
  actions: '20 %, or one action',
  points: 'two points',
}

export function isOutside({ unit, ours, page, sample }: Figure): boolean {
  if (page === null) return false
  // What a sample leaves room for it does not speak against.
  if (sample && page >= sample.between[0] && page <= sample.between[1]) return false
  const away = Math.abs(ours - page)
  if (unit === 'share') return away > 0.05
  return away > (unit === 'points' ? 2 : Math.max(1, 0.2 * page))
}

/** Ours, a stroke, the page's, and a mark where they are too far apart; of a sample its interval and the core's, too. */
export function figureText(figure: Figure): string {
  const { unit, ours, page, sample } = figure
  const text = (value: number): string => valueText(unit, value)
  const between = sample && Number.isFinite(ours) ? intervalText(sample.between, text) : ''
  const parts = [`${text(ours)}${between}`, ...(sample ? [text(sample.core)] : []), page === null ? '–' : text(page)]
  return `${parts.join(' / ')}${isOutside(figure) ? ' ≠' : ''}`
}

/** Nothing where the sample is too small for an interval; without an upper end it reaches to never. */
function intervalText([from, to]: Interval, text: (value: number) => string): string {
  if (!Number.isFinite(from)) return ''
  return ` (${text(from)} to ${Number.isFinite(to) ? text(to) : 'never'})`
}

export function valueText(unit: Unit, value: number): string {
  if (!Number.isFinite(value)) return '–'
  if (unit === 'share') return `${(100 * value).toFixed(value > 0 && value < 0.0995 ? 1 : 0)} %`
  return unit === 'actions' && value < 99.5 ? value.toFixed(1) : Math.round(value).toLocaleString('en-GB')
}
