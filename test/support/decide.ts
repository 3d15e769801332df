import type { Actor } from '../../core/domain/people.ts'
import type { DecisionRequest } from '../../core/gate/requests.ts'
import type { ActionView } from '../../core/gate/views.ts'
import type { World } from './world.ts'

/** A decision about what was shown, by the owner unless somebody else is named. */
export const decide = (
  world: World,
  action: ActionView,
  request: Partial<DecisionRequest> & Pick<DecisionRequest, 'decision'>,
  by: Actor = world.owner,
) => world.gate.decideAction(by, { actionId: action.id, payloadHash: action.payloadHash ?? '', ...request })
