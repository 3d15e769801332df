import { randomBytes } from 'node:crypto'
import type { IdOf, IdPrefix, NewId } from '../domain/ids.ts'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const TIME_CHARACTERS = 10
const RANDOM_BYTES = 16

/**
 * Ids that sort by time (48 bits of milliseconds, then 80 random bits, in Crockford's base 32, lower case), so that
 * "newest first" is the primary key backwards. `nowMs` only orders; product time comes from the database.
 */
export function createNewId(nowMs: () => number): NewId {
  return <P extends IdPrefix>(prefix: P): IdOf<P> => {
    let time = nowMs()
    let head = ''
    for (let i = 0; i < TIME_CHARACTERS; i += 1) {
      head = (ALPHABET[time % 32] ?? '0') + head
      time = Math.floor(time / 32)
    }
    const tail = [...randomBytes(RANDOM_BYTES)].map((byte) => ALPHABET[byte % 32]).join('')
    // safe: the shape that `isId` checks
    return `${prefix}_${head}${tail}` as IdOf<P>
  }
}
