import { mayDo } from '../../core/domain/people.ts'
import { openModal } from '../call-slack.ts'
import { modalMetadata } from '../payloads.ts'
import { type Modal, section } from '../views/blocks.ts'
import { refusalMessage } from '../views/refusals.ts'
import { type Decision, decideShown, redraw } from './decide-shown.ts'
import type { Press } from './press.ts'
import type { Submission } from './submission.ts'

/** Opens a modal that asks for words; not for a role that may never decide, who would write them in vain. */
export async function openDecisionModal(press: Press, modal: (metadata: string) => Modal): Promise<void> {
  if (!mayDo(press.actor.role, 'decide')) {
    const why = `your role here is ${press.actor.role}, and deciding takes an approver`
    await press.tell(refusalMessage({ kind: 'not_permitted', why }, press.ctx))
    return
  }
  const opened = await openModal(
    press.client,
    press.triggerId,
    modal(modalMetadata(press.blockId, press.channel, press.messageTs)),
  )
  if (opened.ok) return
  press.deps.log('warn', 'slack: a modal did not open', { trouble: opened.error.kind })
  const says = 'That took too long to open. Please press once more.'
  await press.tell({ text: says, blocks: [section(says)] })
}

/** Decides with what the modal said; refusals are told where the card is. */
export async function decideFromModal(submission: Submission, decision: Decision): Promise<void> {
  const { deps, actor, shown, workspace, ctx } = submission
  const decided = await decideShown(deps.gate, actor, shown, decision)
  if (!decided.ok) await submission.tell(refusalMessage(decided.error, ctx))
  if (decided.ok || decided.error.kind !== 'not_permitted') await redraw(deps, workspace.id, shown.subject)
}
