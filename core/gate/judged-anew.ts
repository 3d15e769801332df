import { isStricterThanSeen } from '../domain/verdict.ts'
import type { PayloadRow, StoredAction } from '../ports/rows.ts'
import { sha256 } from './dependencies.ts'
import type { Evaluated } from './evaluate-action.ts'
import type { JudgedNow } from './judge-now.ts'

/**
 * The payload of an action under the verdict of now, its input as it was. A decision binds to the hash that was shown: it
 * stays, so that a card from before still decides, unless there is something that such a card does not show
 * (`isToBeSeen`; absent: a verdict that is stricter than the stored one). Then it is one that no card had yet.
 */
export function judgedAnew(
  { payload }: Pick<StoredAction, 'payload'>,
  evaluated: Pick<Evaluated, 'payload'>,
  { verdict, charges }: JudgedNow,
  isToBeSeen = isStricterThanSeen(verdict, payload.verdict),
): Omit<PayloadRow, 'revision' | 'at'> {
  const fresh = evaluated.payload(verdict, charges)
  const hash = isToBeSeen ? hashOfItsOwn(fresh.hash, payload) : payload.hash
  return { ...fresh, hash, editedBy: payload.editedBy }
}

/** For the next revision alone: what was seen, went and came back has to be seen again. */
const hashOfItsOwn = (hash: string | null, { revision }: Pick<PayloadRow, 'revision'>): string | null =>
  hash === null ? null : sha256(`${hash}:${revision + 1}`)
