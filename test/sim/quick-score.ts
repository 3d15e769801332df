import { approvalLcb, scoreOf } from '../../core/domain/trust/score.ts'
import { type DaySums, scoreSums } from '../../core/domain/trust/day-sums.ts'

/**
 * The base score where attribution does not apply, with every quantile computed once: the same numbers of approvals and
 * rejections come again in thousands of histories. `assertSame` compares it with the core's own score.
 */
const quantiles = new Map<number, number>()
const MOST_REJECTIONS = 4_096

function lcb(approvalQuarters: number, rejections: number): number {
  const key = approvalQuarters * MOST_REJECTIONS + rejections
  const known = quantiles.get(key)
  if (known !== undefined) return known
  const computed = approvalLcb(approvalQuarters / 4, rejections)
  quantiles.set(key, computed)
  return computed
}

export function quickScore(sums: DaySums): number {
  const { approvals, rejections, editQuality, timeConfidence, severity } = scoreSums(sums)
  const decided = approvals + rejections
  const approval = Math.min(1, Math.max(0, 2 * lcb(sums.approvalQuarters, sums.rejections) - 1))
  const edit = (editQuality + 2.5) / (approvals + 5)
  const severe = Math.max(0, (decided - 4 * severity + 2.5) / (decided + 5))
  const time = (timeConfidence + 2.5) / (approvals + 5)
  return (100 * (0.4 * approval + 0.2 * edit + 0.15 * severe + 0.1 * time)) / 0.85
}

/** Throws where the core's own score is another. */
export function assertSameScore(sums: DaySums): void {
  const { base } = scoreOf(scoreSums(sums), { kind: 'not_applicable' })
  if (!(Math.abs(base - quickScore(sums)) < 1e-9)) throw new Error(`The score is ${base}, not ${quickScore(sums)}`)
}
