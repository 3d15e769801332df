import type { App } from '@slack/bolt'
import { mayDo } from '../../core/domain/people.ts'
import type { Refusal } from '../../core/gate/refusal.ts'
import type { ActionView } from '../../core/gate/views.ts'
import { openModal, updateModal } from '../call-slack.ts'
import type { SlackDeps } from '../deps.ts'
import { modalMetadata } from '../payloads.ts'
import { isPlanId } from '../views/block-id.ts'
import { type Modal, section } from '../views/blocks.ts'
import { editModal, editsHere, fieldBlockId, loadingModal, noteModal } from '../views/edit-modal.ts'
import { editedInput } from '../views/edited-input.ts'
import { refusalWords } from '../views/refusals.ts'
import { redraw } from './decide-shown.ts'
import { identify, onRawPress, type Press, type RawPress } from './press.ts'
import { onSubmission, type Submission } from './submission.ts'

/** Slack waits three seconds for the answer to a modal; before that we say that it is being saved. */
const ANSWER_WITHIN_MS = 2_000

/** *Edit*: the real fields of the kind. Saving is approving with these changes. */
export function listenEdit(app: App, deps: SlackDeps): void {
  onRawPress(app, deps, 'action_edit', openEdit)
  onSubmission(app, deps, 'edit_action', saveEdit)
}

/** The loading view first, because the trigger lives three seconds; then who pressed and what is in the fields. */
async function openEdit(raw: RawPress): Promise<void> {
  const opened = await openModal(raw.client, raw.triggerId, loadingModal('Edit'))
  if (!opened.ok) {
    raw.deps.log('warn', 'slack: a modal did not open', { trouble: opened.error.kind })
    const says = 'That took too long to open. Please press once more.'
    await raw.tell({ text: says, blocks: [section(says)] })
    return
  }
  const who = await identify(raw)
  const modal = who.kind === 'member' ? await fieldsModal(who.press) : noteModal('Edit', who.message.text)
  const updated = await updateModal(raw.client, opened.value, modal)
  if (!updated.ok) raw.deps.log('warn', 'slack: a modal was not filled', { trouble: updated.error.kind })
  if (who.kind !== 'member') await raw.tell(who.message)
}

async function fieldsModal(press: Press): Promise<Modal> {
  const { deps, actor, shown, ctx } = press
  const refused = (refusal: Refusal): Modal => noteModal('Edit', refusalWords(refusal, ctx))
  if (isPlanId(shown.subject)) return refused({ kind: 'not_found', what: 'action' })
  if (!mayDo(actor.role, 'decide')) {
    return refused({ kind: 'not_permitted', why: `your role here is ${actor.role}, and deciding takes an approver` })
  }
  const action = await deps.gate.getAction(actor, shown.subject)
  if (!action.ok) return refused(action.error)
  if (!wasShown(action.value, shown.hash)) {
    await redraw(deps, press.workspace.id, shown.subject)
    return refused({ kind: 'stale_hash', current: action.value.payloadHash ?? '' })
  }
  return editModal(formOf(action.value), modalMetadata(press.blockId, press.channel, press.messageTs))
}

const formOf = (action: ActionView) => ({ fields: action.kind.fields, input: action.input, dryRun: action.dryRun })

const wasShown = (action: ActionView, hash: string): boolean => action.payloadHash?.startsWith(hash) === true

type Saved =
  | { readonly kind: 'saved'; readonly action: ActionView }
  | { readonly kind: 'problems'; readonly errors: Record<string, string>; readonly action: ActionView }
  | { readonly kind: 'refused'; readonly refusal: Refusal }

async function saveEdit(submission: Submission): Promise<void> {
  const { deps, client, workspace, shown } = submission
  const saving = save(submission)
  const first = await Promise.race([saving, deps.wait(ANSWER_WITHIN_MS).then(() => null)])
  if (first !== null) {
    await answer(submission, first)
  } else {
    await submission.ack({ response_action: 'update', view: loadingModal('Saving') })
    const updated = await updateModal(client, submission.viewId, lateModal(submission, await saving))
    if (!updated.ok) deps.log('warn', 'slack: a modal was not answered', { trouble: updated.error.kind })
  }
  const saved = await saving
  if (saved.kind === 'problems' || (saved.kind === 'refused' && saved.refusal.kind === 'not_permitted')) return
  await redraw(deps, workspace.id, shown.subject)
  if (saved.kind !== 'saved' || saved.action.state !== 'awaiting_approval') return
  const says = 'Your changes are kept. They need one more look before it goes on: the card says why.'
  await submission.tell({ text: says, blocks: [section(says)] })
}

async function save(submission: Submission): Promise<Saved> {
  const { deps, actor, shown } = submission
  if (isPlanId(shown.subject)) return { kind: 'refused', refusal: { kind: 'not_found', what: 'action' } }
  const action = await deps.gate.getAction(actor, shown.subject)
  if (!action.ok) return { kind: 'refused', refusal: action.error }
  // The other fields come from what is there now, so it has to be what the person saw.
  if (!wasShown(action.value, shown.hash)) {
    return { kind: 'refused', refusal: { kind: 'stale_hash', current: action.value.payloadHash ?? '' } }
  }
  const input = editedInput(action.value.kind.fields, action.value.input, (blockId) => submission.entered(blockId))
  const decided = await deps.gate.decideAction(actor, {
    actionId: shown.subject,
    decision: 'edit',
    payloadHash: shown.hash,
    input,
  })
  if (decided.ok) return { kind: 'saved', action: decided.value }
  if (decided.error.kind !== 'malformed') return { kind: 'refused', refusal: decided.error }
  const errors = errorsOf(action.value, decided.error.problems)
  return Object.keys(errors).length === 0
    ? { kind: 'refused', refusal: decided.error }
    : { kind: 'problems', errors, action: action.value }
}

/** Each problem at its field; what belongs to no field on the form goes to the first. */
function errorsOf(
  action: ActionView,
  problems: Extract<Refusal, { kind: 'malformed' }>['problems'],
): Record<string, string> {
  const fields = action.kind.fields.filter((field) => editsHere(field, action.input[field.name]))
  const errors: Record<string, string> = {}
  for (const problem of problems) {
    const name = problem.path.split(/[./[\]]/).find((part) => part !== '')
    const field = fields.find((one) => one.name === name) ?? fields[0]
    if (field === undefined) continue
    const id = fieldBlockId(field)
    errors[id] = errors[id] === undefined ? problem.says : `${errors[id]} ${problem.says}`
  }
  return errors
}

async function answer(submission: Submission, saved: Saved): Promise<void> {
  switch (saved.kind) {
    case 'saved':
      await submission.ack()
      return
    case 'problems':
      await submission.ack({ response_action: 'errors', errors: saved.errors })
      return
    case 'refused':
      await submission.ack({
        response_action: 'update',
        view: noteModal('Not saved', refusalWords(saved.refusal, submission.ctx)),
      })
  }
}

function lateModal(submission: Submission, saved: Saved): Modal {
  switch (saved.kind) {
    case 'saved':
      return noteModal('Saved', 'Saved with your changes.')
    case 'problems': {
      const { shown, channel, thread } = submission
      const blockId = `${shown.subject}:${shown.hash}:${shown.version}`
      return editModal(formOf(saved.action), modalMetadata(blockId, channel, thread), Object.values(saved.errors))
    }
    case 'refused':
      return noteModal('Not saved', refusalWords(saved.refusal, submission.ctx))
  }
}
