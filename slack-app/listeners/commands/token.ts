import { ownTokenMessage } from '../../views/own-token.ts'
import { refusalMessage } from '../../views/refusals.ts'
import type { Command } from './command.ts'

/** `/tenure token`: a token for the API that is in nobody else's hands, in the place of the one before. */
export const tokenCommand: Command = async ({ deps, actor, ctx }) => {
  const taken = await deps.gate.takeOwnToken(actor)
  return taken.ok ? ownTokenMessage(taken.value.token) : refusalMessage(taken.error, ctx)
}
