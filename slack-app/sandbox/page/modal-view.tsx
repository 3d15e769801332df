import type { SandboxBlock, SandboxElement } from '../block-schema.ts'
import type { SandboxModal, SandboxWorld } from '../world.ts'
import { BlockView } from './blocks-view.tsx'

type InputBlock = Extract<SandboxBlock, { type: 'input' }>

/** The open form, with what was entered and what the app found wrong with it. */
export function ModalView({ modal, world }: { modal: SandboxModal; world: SandboxWorld }) {
  const { view } = modal
  return (
    <form class="modal" data-modal-id={modal.id} data-callback-id={view.callback_id ?? ''} novalidate>
      <header>
        <h2 id="modal-title">{view.title.text}</h2>
        <button type="button" class="icon" data-close-modal aria-label="Close">
          ✕
        </button>
      </header>
      <div class="modal-body">
        {view.blocks.map((block) =>
          block.type === 'input' ? (
            <InputView block={block} modal={modal} />
          ) : (
            <BlockView block={block} world={world} />
          ),
        )}
      </div>
      <footer>
        <button type="button" class="btn" data-close-modal>
          {view.close?.text ?? 'Close'}
        </button>
        {view.submit !== undefined && (
          <button type="submit" class="btn primary">
            {view.submit.text}
          </button>
        )}
      </footer>
    </form>
  )
}

function InputView({ block, modal }: { block: InputBlock; modal: SandboxModal }) {
  const blockId = block.block_id ?? ''
  const id = `field-${modal.id}-${blockId}`
  const error = modal.errors[blockId]
  const described = [block.hint === undefined ? null : `${id}-hint`, error === undefined ? null : `${id}-error`]
  const describedBy = described.filter((one) => one !== null).join(' ') || undefined
  const group = block.element.type === 'checkboxes' || block.element.type === 'radio_buttons'
  const label = (
    <>
      {block.label.text} {block.optional === true && <span class="optional">(optional)</span>}
    </>
  )
  const field = <Control block={block} modal={modal} id={id} describedBy={describedBy} invalid={error !== undefined} />
  return (
    <div class={`field ${error === undefined ? '' : 'bad'}`} data-block-id={blockId}>
      {group ? (
        <fieldset aria-describedby={describedBy}>
          <legend>{label}</legend>
          {field}
        </fieldset>
      ) : (
        <>
          <label for={id}>{label}</label>
          {field}
        </>
      )}
      {error !== undefined && (
        <p class="error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
      {block.hint !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          {block.hint.text}
        </p>
      )}
    </div>
  )
}

type ControlProps = {
  block: InputBlock
  modal: SandboxModal
  id: string
  describedBy: string | undefined
  invalid: boolean
}

function Control({ block, modal, id, describedBy, invalid }: ControlProps) {
  const { element } = block
  const entry = modal.entries[block.block_id ?? '']?.[element.action_id]
  const common = {
    id,
    name: block.block_id ?? '',
    'data-fill': element.type,
    'data-action-id': element.action_id,
    'aria-describedby': describedBy,
    'aria-invalid': invalid ? ('true' as const) : undefined,
    'aria-required': block.optional === true ? undefined : ('true' as const),
  }
  const value = textOf(element, entry)
  switch (element.type) {
    case 'plain_text_input':
      return element.multiline === true ? (
        <textarea {...common} rows={5} maxlength={element.max_length}>
          {value}
        </textarea>
      ) : (
        <input {...common} type="text" value={value} maxlength={element.max_length} />
      )
    case 'number_input':
      return (
        <input {...common} type="number" step="any" value={value} min={element.min_value} max={element.max_value} />
      )
    case 'email_text_input':
      return <input {...common} type="email" value={value} />
    case 'datetimepicker':
      return <input {...common} type="datetime-local" data-unix={value} />
    case 'static_select':
      return (
        <select {...common}>
          <option value="">{element.placeholder?.text ?? 'Choose one'}</option>
          {element.options.map((option) => (
            <option value={option.value} selected={option.value === value}>
              {option.text.text}
            </option>
          ))}
        </select>
      )
    case 'checkboxes':
    case 'radio_buttons':
      return (
        <div {...common} role="presentation">
          {element.options.map((option) => (
            <label class="tick">
              <input
                type={element.type === 'checkboxes' ? 'checkbox' : 'radio'}
                name={`${id}-option`}
                value={option.value}
                checked={chosen(element, entry).includes(option.value)}
              />
              {option.text.text}
            </label>
          ))}
        </div>
      )
  }
}

/** What the control starts with: what was entered before the app objected, else what the form began with. */
function textOf(element: SandboxElement, entry: Record<string, unknown> | undefined): string {
  if (entry !== undefined) {
    const given = entry['value'] ?? valueIn(entry['selected_option']) ?? entry['selected_date_time']
    return typeof given === 'string' || typeof given === 'number' ? String(given) : ''
  }
  if ('initial_value' in element) return element.initial_value ?? ''
  if ('initial_date_time' in element) return String(element.initial_date_time ?? '')
  return 'initial_option' in element ? (element.initial_option?.value ?? '') : ''
}

function chosen(element: SandboxElement, entry: Record<string, unknown> | undefined): readonly unknown[] {
  if (entry !== undefined) {
    const many = entry['selected_options']
    return Array.isArray(many) ? many.map(valueIn) : [valueIn(entry['selected_option'])]
  }
  if (element.type === 'checkboxes') return (element.initial_options ?? []).map((one) => one.value)
  return element.type === 'radio_buttons' ? [element.initial_option?.value] : []
}

const valueIn = (option: unknown): unknown =>
  typeof option === 'object' && option !== null && 'value' in option ? option.value : undefined
