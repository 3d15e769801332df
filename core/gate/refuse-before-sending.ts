import { MAX_ATTEMPTS, retryDelayMs } from '../domain/after-failure.ts'
import { ok } from '../domain/result.ts'
import type { PlatformError } from '../ports/platform.ts'
import type { StoredAction } from '../ports/rows.ts'
import { type Context, transact } from './dependencies.ts'
import { loseConnection, needsNewConnection } from './lose-connection.ts'
import { failureWords } from './open-session.ts'
import { returnToWaiting } from './return-to-waiting.ts'

/**
 * The platform could not be read before the claim, so nothing was sent. What will pass by itself is tried again; a
 * lost connection or a refusal goes back to a person, with the draft intact.
 */
export async function refuseBeforeSending(ctx: Context, stored: StoredAction, error: PlatformError): Promise<void> {
  const { action, state } = stored
  const says = failureWords(action.platform, error)
  const lost = needsNewConnection(error)
  await transact(ctx, action.workspaceId, async (tx) => {
    await tx.lockControl('move')
    await loseConnection(tx, stored, error)
    if (lost || error.kind === 'rejected' || state.tries >= MAX_ATTEMPTS) {
      const type = lost ? 'connection_lost' : 'preflight_failed'
      await returnToWaiting(ctx, tx, stored, { type, note: says, differences: [], preflight: [says] })
    } else {
      const asked = error.kind === 'rate_limited' ? error.retryAfterMs : 0
      const until = new Date(tx.now.getTime() + retryDelayMs(state.tries + 1, asked))
      await tx.postpone(action.id, state.version, until, { tries: state.tries + 1, note: says })
    }
    return ok(undefined)
  })
}
