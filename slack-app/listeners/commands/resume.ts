import type { SwitchView } from '../../../core/gate/views.ts'
import { nothingStopped, resumeNotice, stopChoices } from '../../views/stop-notice.ts'
import { refusalMessage } from '../../views/refusals.ts'
import type { Command } from './command.ts'
import { tellChannel } from './stop.ts'

/**
 * `/tenure resume [what] [review]`: lifts every stop, or the one that is named as the stop itself says it; with `review`
 * people look first.
 */
export const resumeCommand: Command = async (call) => {
  const { deps, actor, ctx } = call
  const listed = await deps.gate.listSwitches(actor)
  if (!listed.ok) return refusalMessage(listed.error, ctx)
  const stops = listed.value.filter(({ mode }) => mode === 'stop')
  if (stops.length === 0) return nothingStopped()
  const said = call.rest.trim().toLowerCase()
  const review = /(?:^|\s)review$/.test(said)
  const asked = said.replace(/(?:^|\s)review$/, '').trim()
  const one = stops.find((stop) => namesOf(stop).includes(asked))
  if (asked !== '' && asked !== 'everything' && one === undefined) {
    return stopChoices(
      call.rest,
      stops.map((stop) => stop.words),
      'resumed',
    )
  }
  const lifted = await deps.gate.resume(actor, one?.id ?? 'every', null, { stage: review ? 'review' : 'all' })
  if (!lifted.ok) return refusalMessage(lifted.error, ctx)
  const notice = resumeNotice(lifted.value, actor.name, review)
  await tellChannel(call, notice)
  return notice
}

/** "topic recall-x", "recall-x", and the stop's own words. */
const namesOf = ({ words, target }: SwitchView): readonly string[] =>
  [
    words,
    ...('value' in target ? [target.value, `${target.kind} ${target.value}`, `${target.kind} “${target.value}”`] : []),
  ].map((name) => name.toLowerCase())
