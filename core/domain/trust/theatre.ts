/** The last approvals of one reviewer in one category, oldest first: '1' a rubber stamp, '0' not. Section 4.4. */
export type ApprovalPace = string

const KEPT = 30
const FEWEST = 10
const MOST_STAMPS = 0.3

export const NO_APPROVALS: ApprovalPace = ''

export const addApproval = (pace: ApprovalPace, isStamp: boolean): ApprovalPace =>
  `${pace}${isStamp ? '1' : '0'}`.slice(-KEPT)

/** More than 30 % of the last 30 approvals, of at least 10, were rubber stamps: nothing is promoted while it is so. */
export const isTheatre = (pace: ApprovalPace): boolean =>
  pace.length >= FEWEST && pace.replaceAll('0', '').length > MOST_STAMPS * pace.length

export type PaceSample = { readonly words: number; readonly activeSeconds: number }

const FEWEST_SAMPLES = 20
const WORD_SPAN = 4
const FLAT_SLOPE = 0.2

/**
 * Whether a reviewer takes about as long for long texts as for short ones: the slope of ln T on ln words is below 0.2.
 * For information only. Null: under 20 samples with words and time, or word counts that do not span a factor of 4.
 */
export function isPaceFlat(samples: readonly PaceSample[]): boolean | null {
  const usable = samples.filter(({ words, activeSeconds }) => words > 0 && activeSeconds > 0)
  const words = usable.map((sample) => sample.words)
  if (usable.length < FEWEST_SAMPLES || Math.max(...words) < WORD_SPAN * Math.min(...words)) return null
  return slope(usable.map((sample) => [Math.log(sample.words), Math.log(sample.activeSeconds)])) < FLAT_SLOPE
}

/** Of the line of least squares. */
function slope(points: readonly (readonly [number, number])[]): number {
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / points.length
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / points.length
  const shared = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0)
  return shared / points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0)
}
