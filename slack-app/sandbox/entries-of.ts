import type { SandboxElement, SandboxView } from './block-schema.ts'
import type { Entries } from './world.ts'

/** What a person put into a form, by block id: text, the value of an option, the values of ticked boxes, seconds. */
export type Fill = Readonly<Record<string, string | number | readonly string[]>>

/** The same as Slack writes it in `state.values`; what was not filled in keeps what the form began with. */
export function entriesOf(view: SandboxView, fill: Fill): Entries {
  const entries: Entries = {}
  for (const block of view.blocks) {
    if (block.type !== 'input' || block.block_id === undefined) continue
    entries[block.block_id] = { [block.element.action_id]: entryOf(block.element, fill[block.block_id]) }
  }
  return entries
}

function entryOf(element: SandboxElement, given: Fill[string] | undefined): Record<string, unknown> {
  const { type } = element
  switch (type) {
    case 'static_select':
    case 'radio_buttons': {
      const { initial_option: initial = null, options } = element
      return {
        type,
        selected_option: given === undefined ? initial : (options.find((one) => one.value === given) ?? null),
      }
    }
    case 'checkboxes': {
      const { initial_options: initial = [], options } = element
      const ticked: readonly unknown[] = Array.isArray(given) ? given : []
      return {
        type,
        selected_options: given === undefined ? initial : options.filter((one) => ticked.includes(one.value)),
      }
    }
    case 'datetimepicker': {
      const at = given === undefined ? (element.initial_date_time ?? null) : Number(given)
      return { type, selected_date_time: at === 0 || Number.isNaN(at) ? null : at }
    }
    case 'plain_text_input':
    case 'number_input':
    case 'email_text_input': {
      const text = given === undefined ? (element.initial_value ?? '') : String(given)
      return { type, value: text === '' ? null : text }
    }
    case 'button':
    case 'overflow':
      return { type }
  }
}
