import type { State } from '../../domain/action-states.ts'
import type { ActionView } from '../../gate/views.ts'

/** 201: the effect happened. 202: it is on its way or waits. 200: nothing more will come of it. 422: blocked. */
const STATUS = {
  proposed: 202,
  awaiting_approval: 202,
  changes_requested: 202,
  scheduled: 202,
  held: 202,
  ready: 202,
  executing: 202,
  unknown: 202,
  undoing: 202,
  executed: 201,
  settled: 201,
  observed: 200,
  superseded: 200,
  rejected: 200,
  expired: 200,
  cancelled: 200,
  failed: 200,
  undone: 200,
  blocked: 422,
} as const satisfies Record<State, 200 | 201 | 202 | 422>

/** The status of a propose answer. A repeat of a key and a dry run made nothing new: 200, unless it is blocked. */
export function statusOfProposed(
  action: Pick<ActionView, 'state' | 'dryRun'>,
  replayed: boolean,
): 200 | 201 | 202 | 422 {
  const status = STATUS[action.state]
  return status !== 422 && (replayed || action.dryRun) ? 200 : status
}
