import type { WorkspaceId } from '../core/domain/ids.ts'
import type { SlackDeps } from './deps.ts'

/** A turn this near is waited for; for one farther off the job comes back. */
const WAITS_AT_MOST_MS = 1_500

/** Waits for the channel's turn. Zero: go on; otherwise come back after so many milliseconds. */
export async function paced(
  deps: Pick<SlackDeps, 'pace' | 'wait'>,
  workspaceId: WorkspaceId,
  channel: string,
): Promise<number> {
  const waitMs = await deps.pace(workspaceId, channel)
  if (waitMs === 0 || waitMs > WAITS_AT_MOST_MS) return waitMs
  await deps.wait(waitMs)
  // Somebody else may have taken the turn meanwhile.
  return deps.pace(workspaceId, channel)
}
