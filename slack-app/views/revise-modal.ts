import { type Modal, plain } from './blocks.ts'
import { fitModal } from './limits.ts'

/** A comment for the agent; it answers with a new version. */
export const reviseModal = (metadata: string): Modal =>
  fitModal({
    type: 'modal',
    callback_id: 'revise_action',
    private_metadata: metadata,
    title: plain('Ask for changes'),
    submit: plain('Send'),
    close: plain('Not now'),
    blocks: [
      {
        type: 'input',
        block_id: 'comment',
        label: plain('What should be different?'),
        hint: plain('In your own words. A new version comes back and shows what changed.'),
        element: {
          type: 'plain_text_input',
          action_id: 'value',
          multiline: true,
          max_length: 2000,
          focus_on_load: true,
        },
      },
    ],
  })
