import { randomBytes } from 'node:crypto'
import type { IdOf, IdPrefix, NewId } from '../domain/ids.ts'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const TIME_CHARACTERS = 10
const RANDOM_BYTES = 16

/**
 * Ids that sort by time (48 bits of milliseconds, then 80 random bits, in Crockford's base 32, lower case), so that
 * "newest first" is the primary key backwards; in one process also within a millisecond, and when the clock steps back.
 * `nowMs` only orders; product time comes from the database.
 */
export function createNewId(nowMs: () => number): NewId {
  let lastMs = -1
  let random: number[] = []
  return <P extends IdPrefix>(prefix: P): IdOf<P> => {
    const ms = nowMs()
    random = ms > lastMs ? [...randomBytes(RANDOM_BYTES)].map((byte) => byte % 32) : following(random)
    lastMs = Math.max(lastMs, ms)
    let time = lastMs
    let head = ''
    for (let i = 0; i < TIME_CHARACTERS; i += 1) {
      head = (ALPHABET[time % 32] ?? '0') + head
      time = Math.floor(time / 32)
    }
    const tail = random.map((digit) => ALPHABET[digit]).join('')
    // safe: the shape that `isId` checks
    return `${prefix}_${head}${tail}` as IdOf<P>
  }
}

/** The next number in base 32: what the same millisecond brings sorts after what it brought before. */
function following(digits: readonly number[]): number[] {
  const next = [...digits]
  for (let at = next.length - 1; at >= 0; at -= 1) {
    next[at] = ((next[at] ?? 0) + 1) % 32
    if (next[at] !== 0) break
  }
  return next
}
