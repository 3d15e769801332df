import type { Stopped } from '../../core/gate/gate.ts'
import type { SwitchView } from '../../core/gate/views.ts'
import { type Message, section } from './blocks.ts'
import { fitMessage } from './limits.ts'
import { fence } from './mrkdwn.ts'

/** Tells the channel that something was stopped, and what could not be called back any more. */
export function stopNotice(stopped: Stopped): Message {
  const { words, reason, by } = stopped.switch
  const late =
    stopped.executing.length === 0
      ? ''
      : `\nAlready on the way and no longer to be stopped:\n${stopped.executing
          .slice(0, 10)
          .map((action) => `•  ${fence(action.preview.title)}`)
          .join('\n')}`
  const back = stopped.recalled === 0 ? '' : ` ${stopped.recalled} that mention it came back to you.`
  const rest =
    stopped.switch.target.kind === 'topic'
      ? `Nothing that mentions it goes out, on any channel.${back}`
      : 'Nothing new goes out; what waits keeps its place and its time.'
  const says = `:octagonal_sign:  *${fence(by)}* stopped ${fence(words)}.${reason === null ? '' : ` “${fence(reason)}”`} ${rest}`
  return fitMessage({
    text: `${fence(by)} stopped ${fence(words)}.`,
    blocks: [section(`${says}${late}\n_Go on with_ \`/tenure resume\`_._`)],
  })
}

export function resumeNotice(lifted: readonly SwitchView[], by: string, review = false): Message {
  const what = lifted.map((one) => fence(one.words)).join(', ')
  const says = `:arrow_forward:  *${fence(by)}* resumed ${what}. ${review ? 'People look first: what had been let through came back, and nothing of it runs by itself until tomorrow.' : 'Whatever waited is checked again before it goes out.'}`
  return fitMessage({ text: `${fence(by)} resumed ${what}.`, blocks: [section(says)] })
}

export const nothingStopped = (): Message => ({
  text: 'Nothing is stopped.',
  blocks: [section('Nothing is stopped at the moment.')],
})

/** A stop is never guessed: the choices are named instead. */
export function stopChoices(
  asked: string,
  choices: readonly string[],
  verb: 'stopped' | 'resumed' = 'stopped',
): Message {
  const list = choices.map((choice) => `\`${fence(choice)}\``).join('  ')
  const says = `I do not know “${fence(asked)}”, so nothing was ${verb}. You can say: ${list}`
  return fitMessage({ text: says, blocks: [section(says)] })
}
