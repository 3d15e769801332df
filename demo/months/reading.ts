import type { ActionAnswer } from '../gate-client.ts'
import type { Office } from './office.ts'

/** Of the time that a text needs: half of the readers are a little faster. Trust model, sections 4.3 and 9. */
const MEDIAN_SHARE = 0.9
const SIGMA = 0.55

/** Lets so much time pass on the gate's clock as this person reads; somebody hasty reads nothing. */
export async function read({ calendar, random, presser }: Office, words: number): Promise<void> {
  const needed = 3 + words / 4
  await calendar.seconds(presser === 'hasty' ? random.share() : needed * random.logNormal(MEDIAN_SHARE, SIGMA))
}

/** Does it, and counts how long it took on the gate's clock. */
export async function timed<T>(
  office: Office,
  what: 'cardSeconds' | 'noticeSeconds',
  work: () => Promise<T>,
): Promise<T> {
  const from = await office.calendar.now()
  const result = await work()
  office.figures[what] += ((await office.calendar.now()).getTime() - from.getTime()) / 1000
  return result
}

export const wordsOf = ({ preview }: ActionAnswer): number =>
  [preview.title, ...preview.lines.flatMap(({ label, value }) => [label, value])]
    .join(' ')
    .split(/\s+/u)
    .filter(Boolean).length
