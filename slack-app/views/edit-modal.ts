import type { types } from '@slack/bolt'
import type { Field, Input } from '../../core/ports/kind.ts'
import { type Block, context, type Modal, option, plain, section } from './blocks.ts'
import { fitModal, LIMITS } from './limits.ts'
import { escapeText, fence } from './mrkdwn.ts'

/** Opened at once, because what opens a modal lives three seconds; the real fields follow. */
export const loadingModal = (title: string): Modal =>
  fitModal({ type: 'modal', title: plain(title), close: plain('Close'), blocks: [section('One moment …')] })

/** A modal that only says something: a refusal, or that it was saved. */
export const noteModal = (title: string, says: string): Modal =>
  fitModal({ type: 'modal', title: plain(title), close: plain('Close'), blocks: [section(says)] })

/**
 * The kind's own fields, typed, with what they hold now. Saving is approving with these changes. What points at a thing
 * on the platform is left out: it cannot be edited, and a person has no use for an id.
 */
export function editModal(
  action: { readonly fields: readonly Field[]; readonly input: Input; readonly dryRun: boolean },
  metadata: string,
  problems: readonly string[] = [],
): Modal {
  const promise = action.dryRun ? 'A dry run: saving changes nothing.' : 'Saving approves it with your changes.'
  return fitModal({
    type: 'modal',
    callback_id: 'edit_action',
    private_metadata: metadata,
    title: plain('Edit'),
    submit: plain('Save and approve'),
    close: plain('Not now'),
    blocks: [
      ...problems.map((says) => section(`:warning:  ${fence(says)}`)),
      ...action.fields.filter((field) => field.editable).map((field) => fieldBlock(field, action.input[field.name])),
      context(promise),
    ],
  })
}

/** The `block_id` of a field's input. */
export const fieldBlockId = (field: Field): string => `field:${field.name}`

/** Whether the field can be edited here without losing any of its content. */
export function editsHere(field: Field, value: unknown): boolean {
  if (!field.editable || field.type === 'record') return false
  if (field.type === 'list') {
    const lines = listOf(value)
    return lines !== null && lines.every((line) => !/[\r\n]/.test(line)) && lines.join('\n').length <= LIMITS.inputValue
  }
  return typeof value !== 'string' || value.length <= LIMITS.inputValue
}

/** A list as lines; null where it holds anything but words and numbers. */
export function listOf(value: unknown): readonly string[] | null {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) return null
  const items: readonly unknown[] = value
  return items.every((item) => typeof item === 'string' || typeof item === 'number') ? items.map(String) : null
}

function fieldBlock(field: Field, value: unknown): Block {
  if (!editsHere(field, value)) return readOnly(field, value)
  return {
    type: 'input',
    block_id: fieldBlockId(field),
    label: plain(field.label),
    // An unticked box is an answer too; Slack would refuse it as missing.
    optional: !field.required || field.type === 'boolean',
    ...(field.help === undefined ? {} : { hint: plain(field.help) }),
    element: elementOf(field, value),
  }
}

function readOnly(field: Field, value: unknown): Block {
  const text = typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value, null, 1)
  const shown = text === '' ? '_nothing_' : escapeText(text.slice(0, 1_000))
  const why = field.type !== 'record' ? ' (too long to edit here: use the console)' : ''
  return section(`*${fence(field.label)}*${why}\n${shown}`)
}

function elementOf(field: Field, value: unknown): types.InputBlockElement {
  const action_id = 'value'
  switch (field.type) {
    case 'number':
      return {
        type: 'number_input',
        action_id,
        is_decimal_allowed: true,
        ...(field.minimum !== undefined && { min_value: String(field.minimum) }),
        ...(field.maximum !== undefined && { max_value: String(field.maximum) }),
        ...(typeof value === 'number' && { initial_value: String(value) }),
      }
    case 'boolean': {
      const yes = option('true', 'Yes')
      return { type: 'checkboxes', action_id, options: [yes], ...(value === true && { initial_options: [yes] }) }
    }
    case 'choice':
      return choice(field, value)
    case 'date_time': {
      const at = typeof value === 'string' ? Date.parse(value) : Number.NaN
      return {
        type: 'datetimepicker',
        action_id,
        ...(Number.isFinite(at) && { initial_date_time: Math.floor(at / 1000) }),
      }
    }
    case 'email':
      return { type: 'email_text_input', action_id, ...(text(value) !== '' && { initial_value: text(value) }) }
    case 'list':
      return lines(field, (listOf(value) ?? []).join('\n'), true)
    case 'text':
    case 'long_text':
    case 'record':
      return lines(field, text(value), field.type === 'long_text')
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

function lines(field: Field, value: string, multiline: boolean): types.PlainTextInput {
  const most = Math.min(field.maxLength ?? LIMITS.inputValue, LIMITS.inputValue)
  return {
    type: 'plain_text_input',
    action_id: 'value',
    multiline: multiline || value.includes('\n'),
    ...(field.type !== 'list' && { max_length: Math.max(most, value.length, 1) }),
    ...(value !== '' && { initial_value: value }),
  }
}

/** Options go by their place, because a platform's own value may be longer than Slack lets an option's be. */
function choice(field: Field, value: unknown): types.StaticSelect {
  const options = (field.options ?? []).map((one, index) => option(String(index), one.label))
  const chosen = (field.options ?? []).findIndex((one) => one.value === value)
  const initial = options[chosen]
  return {
    type: 'static_select',
    action_id: 'value',
    options: options.length === 0 ? [option('none', 'There is nothing to choose from')] : options,
    ...(initial !== undefined && { initial_option: initial }),
  }
}
