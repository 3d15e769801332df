import { nothingStopped, resumeNotice, stopChoices } from '../../views/stop-notice.ts'
import { refusalMessage } from '../../views/refusals.ts'
import type { Command } from './command.ts'
import { tellChannel } from './stop.ts'

/** `/tenure resume [what]`: lifts every stop, or the one that is named as the stop itself says it. */
export const resumeCommand: Command = async (call) => {
  const { deps, actor, ctx } = call
  const switches = await deps.gate.listSwitches(actor)
  if (!switches.ok) return refusalMessage(switches.error, ctx)
  if (switches.value.length === 0) return nothingStopped()
  const asked = call.rest.trim().toLowerCase()
  const one = switches.value.find(
    (stop) =>
      stop.words.toLowerCase() === asked || ('value' in stop.target && stop.target.value.toLowerCase() === asked),
  )
  if (asked !== '' && asked !== 'everything' && one === undefined) {
    return stopChoices(
      call.rest,
      switches.value.map((stop) => stop.words),
      'resumed',
    )
  }
  const lifted = await deps.gate.resume(actor, one?.id ?? 'every', null)
  if (!lifted.ok) return refusalMessage(lifted.error, ctx)
  const notice = resumeNotice(lifted.value, actor.name)
  await tellChannel(call, notice)
  return notice
}
