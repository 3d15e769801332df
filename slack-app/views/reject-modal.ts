import { SEVERITIES, type Severity } from '../../core/domain/decision.ts'
import { type Modal, option, plain } from './blocks.ts'
import { WRONG } from './undo-why.ts'
import { fitModal } from './limits.ts'

const WORDS: Readonly<Record<Severity, string>> = {
  preference: 'A matter of taste',
  minor: 'A small thing',
  major: 'A serious thing',
  critical: 'It would have done harm',
}

/** How bad, why, and whether the agent can help it. */
export const rejectModal = (metadata: string): Modal =>
  fitModal({
    type: 'modal',
    callback_id: 'reject_action',
    private_metadata: metadata,
    title: plain('Reject'),
    submit: plain('Reject'),
    close: plain('Not now'),
    blocks: [
      {
        type: 'input',
        block_id: 'severity',
        label: plain('How serious is it?'),
        element: {
          type: 'static_select',
          action_id: 'value',
          placeholder: plain('Choose one'),
          options: SEVERITIES.map((severity) => option(severity, WORDS[severity])),
        },
      },
      {
        type: 'input',
        block_id: 'cause',
        optional: true,
        label: plain('What was wrong?'),
        element: {
          type: 'static_select',
          action_id: 'value',
          placeholder: plain('Choose one'),
          options: Object.entries(WRONG).map(([cause, says]) => option(cause, says)),
        },
      },
      {
        type: 'input',
        block_id: 'reason',
        optional: true,
        label: plain('In your words'),
        hint: plain('A sentence is enough. The agent reads it and does not send this again.'),
        element: { type: 'plain_text_input', action_id: 'value', multiline: true, max_length: 2000 },
      },
      {
        type: 'input',
        block_id: 'outside',
        optional: true,
        label: plain('Something outside changed'),
        element: {
          type: 'checkboxes',
          action_id: 'value',
          options: [option('outside', 'An event was cancelled or the like: the agent could not know')],
        },
      },
    ],
  })
