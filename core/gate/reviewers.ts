import { batchItemSeconds, pressBounds } from '../domain/trust/active-time.ts'
import { DEFAULT_WEEK, queueDelaySeconds } from '../domain/trust/queue-delay.ts'
import { addApproval, isTheatre, NO_APPROVALS } from '../domain/trust/theatre.ts'
import { offsetMinutes } from '../rules/calendar.ts'
import type { StoredApproval } from '../ports/trust-evidence.ts'
import { pressSignal } from './judged-event.ts'
import type { ReviewerView } from './trust-views.ts'

const LOOKED_AT = 30
const SECONDS_PER_HOUR = 3600

/** How each reviewer of a category decides, by their last 30 approvals. What cannot be seen is not known. Section 4.4. */
export function reviewersOf(
  newestFirst: readonly StoredApproval[],
  names: ReadonlyMap<string, string>,
  zone: string,
): readonly ReviewerView[] {
  return byReviewer(newestFirst).map(({ memberId, own, pace }) => {
    const tooFast = pace.replaceAll('0', '').length
    const stamps = isTheatre(pace)
    const name = names.get(memberId) ?? memberId
    return {
      memberId,
      name,
      approvals: own.length,
      tooFast,
      isTheatre: stamps,
      waitedHours: median(own.map((one) => waitedSeconds(one, zone) / SECONDS_PER_HOUR)),
      batchItemSeconds: median(own.flatMap(batchSeconds)),
      says: stamps
        ? `${tooFast} of the last ${own.length} approvals of ${name} came faster than the text can be read: nothing is proposed for more autonomy meanwhile.`
        : `${name} takes the time that reading takes, as far as it can be seen.`,
    }
  })
}

/** Those who approve without reading. */
export const theatreOf = (newestFirst: readonly StoredApproval[]): readonly StoredApproval['byId'][] =>
  byReviewer(newestFirst)
    .filter(({ pace }) => isTheatre(pace))
    .map(({ memberId }) => memberId)

function byReviewer(newestFirst: readonly StoredApproval[]) {
  return [...new Set(newestFirst.map(({ byId }) => byId))].map((memberId) => {
    const own = newestFirst.filter(({ byId }) => byId === memberId).slice(0, LOOKED_AT)
    const pace = own
      .toReversed()
      .reduce(
        (kept, one) => addApproval(kept, !one.wasEdited && pressSignal(one, one, one.press).tooFast),
        NO_APPROVALS,
      )
    return { memberId, own, pace }
  })
}

const waitedSeconds = ({ proposedAt, press, at }: StoredApproval, zone: string): number =>
  queueDelaySeconds((press?.postedAt ?? proposedAt).getTime(), at.getTime(), DEFAULT_WEEK, (ms) =>
    offsetMinutes(new Date(ms), zone),
  )

function batchSeconds({ press, at, proposedAt }: StoredApproval): readonly number[] {
  if (!press || press.together < 2) return []
  const bounds = pressBounds({
    postedAtMs: (press.postedAt ?? proposedAt).getTime(),
    pressedAtMs: at.getTime(),
    previousPressAtMs: press.previousPressAt?.getTime() ?? null,
    openedAtMs: null,
  })
  return bounds.kind === 'bounded' ? [batchItemSeconds(bounds.mostSeconds, press.together)] : []
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null
}
