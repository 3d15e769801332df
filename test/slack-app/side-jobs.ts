import type { ActionView } from '../../core/gate/views.ts'
import { actionId, executed, workspaceId } from './sample.ts'

/** What asks for the card of the sample to be drawn. */
export const draw = { queue: 'card', workspaceId, subject: actionId } as const

/** An action that was carried out at this level without anybody's decision. */
export const byItself = (level: 3 | 4 | 5, more: Partial<ActionView> = {}): ActionView =>
  executed({
    decisions: [],
    level: { inForce: level, boundBy: 'grant', grant: level, tier: null, ceiling: level, why: 'Granted' },
    ...more,
  })
